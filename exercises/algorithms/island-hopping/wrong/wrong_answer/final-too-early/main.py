# Holds a price for final when an island is first heard of, not when it is the cheapest.
import heapq
import sys

islands, count = map(int, sys.stdin.readline().split())
ferries = [[] for _ in range(islands + 1)]
for line in sys.stdin:
    one, other, price = map(int, line.split())
    ferries[one].append((other, price))
    ferries[other].append((one, price))
prices = {1: 0}
heap = [(0, 1)]
while heap:
    price, island = heapq.heappop(heap)
    for other, more in ferries[island]:
        if other not in prices:
            prices[other] = price + more
            heapq.heappush(heap, (price + more, other))
print(prices.get(islands, "no way"))
