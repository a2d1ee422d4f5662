# Takes away the first day, too.
import sys
from itertools import accumulate

days, questions = map(int, sys.stdin.readline().split())
rain = [int(word) for word in sys.stdin.readline().split()]
sums = [0, *accumulate(rain)]
for line in sys.stdin:
    first, last = map(int, line.split())
    print(sums[last] - sums[first])
