count, limit = map(int, input().split())
weights = sorted(int(word) for word in input().split())

rides = 0
low, high = 0, count - 1
while low <= high:
    if weights[low] + weights[high] <= limit:
        low += 1
    high -= 1
    rides += 1
print(rides)
