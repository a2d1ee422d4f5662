import heapq
import sys

islands, count = map(int, sys.stdin.readline().split())
ferries = [[] for _ in range(islands + 1)]
for line in sys.stdin:
    one, other, price = map(int, line.split())
    ferries[one].append((other, price))
    ferries[other].append((one, price))

final = {}
heap = [(0, 1)]
while heap:
    price, island = heapq.heappop(heap)
    if island in final:
        continue
    final[island] = price
    for other, more in ferries[island]:
        if other not in final:
            heapq.heappush(heap, (price + more, other))

print(final.get(islands, "no way"))
