import sys
from collections import deque

tasks, rules = map(int, sys.stdin.readline().split())
after = [[] for _ in range(tasks + 1)]
waits = [0] * (tasks + 1)
for line in sys.stdin:
    first, then = map(int, line.split())
    after[first].append(then)
    waits[then] += 1

ready = deque(task for task in range(1, tasks + 1) if waits[task] == 0)
order = []
while ready:
    task = ready.popleft()
    order.append(task)
    for then in after[task]:
        waits[then] -= 1
        if waits[then] == 0:
            ready.append(then)

print(*order) if len(order) == tasks else print("impossible")
