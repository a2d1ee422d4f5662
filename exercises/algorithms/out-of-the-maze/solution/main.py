from collections import deque

rows, columns = map(int, input().split())
maze = [input() for _ in range(rows)]
start = next((row, maze[row].index("B")) for row in range(rows) if "B" in maze[row])


def way_out():
    steps = {start: 0}
    queue = deque([start])
    while queue:
        place = queue.popleft()
        row, column = place
        if maze[row][column] == "G":
            return steps[place]
        for neighbour in ((row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1)):
            y, x = neighbour
            if 0 <= y < rows and 0 <= x < columns and maze[y][x] != "#" and neighbour not in steps:
                steps[neighbour] = steps[place] + 1
                queue.append(neighbour)
    return "no way"


print(way_out())
