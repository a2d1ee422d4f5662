# Divides the weight of all, and forgets that nobody rides in parts.
count, limit = map(int, input().split())
weights = [int(word) for word in input().split()]
print(max(-(-sum(weights) // limit), (count + 1) // 2))
