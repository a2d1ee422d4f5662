count, limit = map(int, input().split())
weights = [int(word) for word in input().split()]

print(count)
