# Takes the way with the fewest ferries, whatever they cost.
import sys
from collections import deque

islands, count = map(int, sys.stdin.readline().split())
ferries = [[] for _ in range(islands + 1)]
for line in sys.stdin:
    one, other, price = map(int, line.split())
    ferries[one].append((other, price))
    ferries[other].append((one, price))
prices = {1: 0}
queue = deque([1])
while queue:
    island = queue.popleft()
    for other, price in ferries[island]:
        if other not in prices:
            prices[other] = prices[island] + price
            queue.append(other)
print(prices.get(islands, "no way"))
