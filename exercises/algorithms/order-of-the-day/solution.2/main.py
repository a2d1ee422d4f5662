import sys

tasks, rules = map(int, sys.stdin.readline().split())
before = [[] for _ in range(tasks + 1)]
for line in sys.stdin:
    first, then = map(int, line.split())
    before[then].append(first)

NEW, OPEN, DONE = range(3)
state = [NEW] * (tasks + 1)
order = []
is_possible = True
for start in range(tasks, 0, -1):
    stack = [start]
    while stack and is_possible:
        task = stack[-1]
        if state[task] == NEW:
            state[task] = OPEN
            waiting = [first for first in before[task] if state[first] != DONE]
            is_possible = all(state[first] == NEW for first in waiting)
            stack += waiting
        else:
            stack.pop()
            if state[task] == OPEN:
                state[task] = DONE
                order.append(task)

print(*order) if is_possible else print("impossible")
