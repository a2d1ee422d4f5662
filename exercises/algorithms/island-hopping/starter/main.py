import sys

islands, count = map(int, sys.stdin.readline().split())
ferries = [[] for _ in range(islands + 1)]
for line in sys.stdin:
    one, other, price = map(int, line.split())
    ferries[one].append((other, price))
    ferries[other].append((one, price))

print("no way")
