# maze[-1] is the last row: this walks out on one side and in on the other.
from collections import deque

rows, columns = map(int, input().split())
maze = [input() for _ in range(rows)]
start = next((row, maze[row].index("B")) for row in range(rows) if "B" in maze[row])
steps = {start: 0}
queue = deque([start])
found = "no way"
while queue and found == "no way":
    row, column = queue.popleft()
    if maze[row][column] == "G":
        found = steps[row, column]
    for y, x in ((row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1)):
        y, x = y % rows, x % columns
        if maze[y][x] != "#" and (y, x) not in steps:
            steps[y, x] = steps[row, column] + 1
            queue.append((y, x))
print(found)
