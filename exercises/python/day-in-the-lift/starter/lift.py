def travelled(floors):
    total = 0
    for floor in floors:
        total += floor
    return total
