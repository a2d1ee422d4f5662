# Marks nothing as seen, so every place gets into the queue again and again.
from collections import deque

rows, columns = map(int, input().split())
maze = [input() for _ in range(rows)]
start = next((row, maze[row].index("B")) for row in range(rows) if "B" in maze[row])
queue = deque([(start, 0)])
found = "no way"
while queue:
    (row, column), steps = queue.popleft()
    if maze[row][column] == "G":
        found = steps
        break
    if steps < rows * columns:
        for y, x in ((row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1)):
            if 0 <= y < rows and 0 <= x < columns and maze[y][x] != "#" and len(queue) < 100000:
                queue.append(((y, x), steps + 1))
print(found)
