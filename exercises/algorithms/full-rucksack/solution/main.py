count, room = map(int, input().split())
things = [tuple(map(int, input().split())) for _ in range(count)]

best = [0] * (room + 1)
for weight, joy in things:
    for carried in range(room, weight - 1, -1):
        best[carried] = max(best[carried], best[carried - weight] + joy)
print(best[room])
