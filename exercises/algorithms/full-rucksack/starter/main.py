count, room = map(int, input().split())
things = [tuple(map(int, input().split())) for _ in range(count)]

print(sum(joy for weight, joy in things))
