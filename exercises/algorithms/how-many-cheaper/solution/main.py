from bisect import bisect_right

input()
prices = sorted(int(word) for word in input().split())
purses = [int(word) for word in input().split()]

print("\n".join(str(bisect_right(prices, money)) for money in purses))
