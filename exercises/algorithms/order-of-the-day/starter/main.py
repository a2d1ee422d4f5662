import sys

tasks, rules = map(int, sys.stdin.readline().split())
pairs = [tuple(map(int, line.split())) for line in sys.stdin]

print(*range(1, tasks + 1))
