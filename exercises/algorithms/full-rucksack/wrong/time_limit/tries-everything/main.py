# Asks for each thing both ways, and the same question again and again.
count, room = map(int, input().split())
things = [tuple(map(int, input().split())) for _ in range(count)]


def joy_of(place, room):
    if place == count:
        return 0
    weight, joy = things[place]
    at_home = joy_of(place + 1, room)
    return at_home if weight > room else max(at_home, joy + joy_of(place + 1, room - weight))


print(joy_of(0, room))
