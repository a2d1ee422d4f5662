# Packs what gives most for its weight first, which may leave a gap.
count, room = map(int, input().split())
things = [tuple(map(int, input().split())) for _ in range(count)]
total = 0
for weight, joy in sorted(things, key=lambda thing: thing[1] / thing[0], reverse=True):
    if weight <= room:
        room -= weight
        total += joy
print(total)
