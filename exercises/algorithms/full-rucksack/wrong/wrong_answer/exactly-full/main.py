# Wants the rucksack to be full to the last gram.
count, room = map(int, input().split())
things = [tuple(map(int, input().split())) for _ in range(count)]
best = [0] + [-10**12] * room
for weight, joy in things:
    for carried in range(room, weight - 1, -1):
        best[carried] = max(best[carried], best[carried - weight] + joy)
print(max(best[room], 0))
