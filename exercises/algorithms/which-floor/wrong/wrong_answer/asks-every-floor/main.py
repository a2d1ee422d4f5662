# Goes up floor by floor.
floors = int(input())
for floor in range(1, floors + 1):
    print(floor, flush=True)
    if input() == "found":
        break
