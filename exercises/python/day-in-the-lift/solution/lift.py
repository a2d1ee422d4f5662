def travelled(floors):
    total = 0
    here = 0
    for floor in floors:
        total += abs(floor - here)
        here = floor
    return total
