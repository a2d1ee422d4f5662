# After each course, looks through all that are left for the next one.
import sys

count = int(sys.stdin.readline())
left = [tuple(map(int, line.split())) for line in sys.stdin]
taken = 0
while left:
    end = min(end for _, end in left)
    taken += 1
    left = [course for course in left if course[0] >= end]
print(taken)
