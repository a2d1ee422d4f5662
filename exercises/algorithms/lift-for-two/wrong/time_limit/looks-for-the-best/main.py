# Looks through all who are left for the best company of each.
count, limit = map(int, input().split())
left = sorted(int(word) for word in input().split())
rides = 0
while left:
    heaviest = left.pop()
    fitting = [weight for weight in left if weight + heaviest <= limit]
    if fitting:
        left.remove(max(fitting))
    rides += 1
print(rides)
