# Lets ferries go one way only.
import heapq
import sys

islands, count = map(int, sys.stdin.readline().split())
ferries = [[] for _ in range(islands + 1)]
for line in sys.stdin:
    one, other, price = map(int, line.split())
    ferries[one].append((other, price))
final = {}
heap = [(0, 1)]
while heap:
    price, island = heapq.heappop(heap)
    if island not in final:
        final[island] = price
        for other, more in ferries[island]:
            heapq.heappush(heap, (price + more, other))
print(final.get(islands, "no way"))
