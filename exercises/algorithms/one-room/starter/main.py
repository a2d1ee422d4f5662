import sys

count = int(sys.stdin.readline())
courses = [tuple(map(int, line.split())) for line in sys.stdin]

print(count)
