# Says that it is impossible, and goes on looking.
import sys

tasks, rules = map(int, sys.stdin.readline().split())
after = [[] for _ in range(tasks + 1)]
waits = [0] * (tasks + 1)
for line in sys.stdin:
    first, then = map(int, line.split())
    after[first].append(then)
    waits[then] += 1
ready = [task for task in range(1, tasks + 1) if waits[task] == 0]
order = []
while len(order) < tasks:
    if not ready:
        print("impossible")
        continue
    task = ready.pop()
    order.append(task)
    for then in after[task]:
        waits[then] -= 1
        if waits[then] == 0:
            ready.append(then)
print(*order)
