# Reads the rules the wrong way round.
import sys

tasks, rules = map(int, sys.stdin.readline().split())
after = [[] for _ in range(tasks + 1)]
waits = [0] * (tasks + 1)
for line in sys.stdin:
    then, first = map(int, line.split())
    after[first].append(then)
    waits[then] += 1
order = [task for task in range(1, tasks + 1) if waits[task] == 0]
for task in order:
    for then in after[task]:
        waits[then] -= 1
        if waits[then] == 0:
            order.append(then)
print(*order) if len(order) == tasks else print("impossible")
