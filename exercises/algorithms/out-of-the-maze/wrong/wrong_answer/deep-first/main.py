# Takes from the end of the list, so it finds a way, and hardly ever the shortest.
rows, columns = map(int, input().split())
maze = [input() for _ in range(rows)]
start = next((row, maze[row].index("B")) for row in range(rows) if "B" in maze[row])
steps = {start: 0}
stack = [start]
found = "no way"
while stack:
    row, column = stack.pop()
    if maze[row][column] == "G":
        found = steps[row, column]
        break
    for y, x in ((row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1)):
        if 0 <= y < rows and 0 <= x < columns and maze[y][x] != "#" and (y, x) not in steps:
            steps[y, x] = steps[row, column] + 1
            stack.append((y, x))
print(found)
