stones = int(input())

print(*range(1, stones + 1))
