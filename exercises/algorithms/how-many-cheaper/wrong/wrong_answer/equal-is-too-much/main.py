# Leaves out toys that cost just what the child has.
from bisect import bisect_left

input()
prices = sorted(int(word) for word in input().split())
for money in map(int, input().split()):
    print(bisect_left(prices, money))
