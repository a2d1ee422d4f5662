import sys

count = int(sys.stdin.readline())
courses = [tuple(map(int, line.split())) for line in sys.stdin]

taken = free_from = 0
for begin, end in sorted(courses, key=lambda course: course[1]):
    if begin >= free_from:
        taken += 1
        free_from = end
print(taken)
