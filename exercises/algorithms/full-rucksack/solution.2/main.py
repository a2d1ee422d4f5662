count, room = map(int, input().split())

best = {0: 0}
for _ in range(count):
    weight, joy = map(int, input().split())
    for carried, so_far in list(best.items()):
        if carried + weight <= room and best.get(carried + weight, -1) < so_far + joy:
            best[carried + weight] = so_far + joy
print(max(best.values()))
