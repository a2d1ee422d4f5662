import sys

days, questions = map(int, sys.stdin.readline().split())
rain = [int(word) for word in sys.stdin.readline().split()]

for line in sys.stdin:
    first, last = map(int, line.split())
    print(rain[first])
