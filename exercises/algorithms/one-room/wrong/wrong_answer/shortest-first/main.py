# Takes the shortest ones first, which may lie across two others.
import sys
from bisect import bisect

count = int(sys.stdin.readline())
courses = [tuple(map(int, line.split())) for line in sys.stdin]
taken = []
for begin, end in sorted(courses, key=lambda course: course[1] - course[0]):
    place = bisect(taken, (begin, end))
    if (place == 0 or taken[place - 1][1] <= begin) and (place == len(taken) or taken[place][0] >= end):
        taken.insert(place, (begin, end))
print(len(taken))
