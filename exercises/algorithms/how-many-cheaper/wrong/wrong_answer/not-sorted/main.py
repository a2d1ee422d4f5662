# Searches in prices that are in no order.
from bisect import bisect_right

input()
prices = [int(word) for word in input().split()]
for money in map(int, input().split()):
    print(bisect_right(prices, money))
