import sys
from itertools import accumulate

days, questions = map(int, sys.stdin.readline().split())
rain = [int(word) for word in sys.stdin.readline().split()]
sums = [0, *accumulate(rain)]

answers = []
for line in sys.stdin:
    first, last = map(int, line.split())
    answers.append(sums[last] - sums[first - 1])
print("\n".join(map(str, answers)))
