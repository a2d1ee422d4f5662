# Sorts by how many rules a task stands in as the later one, which is not enough.
import sys

tasks, rules = map(int, sys.stdin.readline().split())
waits = [0] * (tasks + 1)
for line in sys.stdin:
    waits[int(line.split()[1])] += 1
if 0 not in waits[1:]:
    print("impossible")
else:
    print(*sorted(range(1, tasks + 1), key=lambda task: waits[task]))
