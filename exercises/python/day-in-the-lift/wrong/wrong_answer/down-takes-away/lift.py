# Takes off what it goes down, so that the sum is only the last floor.
def travelled(floors):
    total = here = 0
    for floor in floors:
        total += floor - here
        here = floor
    return total
