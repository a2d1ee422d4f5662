# Looks through all open islands for the cheapest, each time.
import sys

islands, count = map(int, sys.stdin.readline().split())
ferries = [[] for _ in range(islands + 1)]
for line in sys.stdin:
    one, other, price = map(int, line.split())
    ferries[one].append((other, price))
    ferries[other].append((one, price))
NEVER = 10**12
prices = [NEVER] * (islands + 1)
prices[1] = 0
unvisited = set(range(1, islands + 1))
while unvisited:
    island = min(unvisited, key=lambda each: prices[each])
    unvisited.remove(island)
    for other, more in ferries[island]:
        prices[other] = min(prices[other], prices[island] + more)
print("no way" if prices[islands] >= NEVER else prices[islands])
