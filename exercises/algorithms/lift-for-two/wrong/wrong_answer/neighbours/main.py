# Puts neighbours of the sorted list together: light ones ride with light ones.
count, limit = map(int, input().split())
weights = sorted(int(word) for word in input().split())
rides = place = 0
while place < count:
    if place + 1 < count and weights[place] + weights[place + 1] <= limit:
        place += 1
    place += 1
    rides += 1
print(rides)
