# Calls itself at each step, deeper than Python allows.
rows, columns = map(int, input().split())
maze = [input() for _ in range(rows)]
start = next((row, maze[row].index("B")) for row in range(rows) if "B" in maze[row])
best = {}


def walk(row, column, steps):
    if not (0 <= row < rows and 0 <= column < columns) or maze[row][column] == "#":
        return
    if best.get((row, column), steps + 1) <= steps:
        return
    best[row, column] = steps
    walk(row + 1, column, steps + 1)
    walk(row, column + 1, steps + 1)
    walk(row - 1, column, steps + 1)
    walk(row, column - 1, steps + 1)


walk(*start, 0)
gates = [steps for (row, column), steps in best.items() if maze[row][column] == "G"]
print(gates[0] if gates else "no way")
