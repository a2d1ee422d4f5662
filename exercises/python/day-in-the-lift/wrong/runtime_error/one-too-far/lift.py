# Looks for a floor after the last one.
def travelled(floors):
    total = abs(floors[0]) if floors else 0
    for number in range(len(floors)):
        total += abs(floors[number + 1] - floors[number])
    return total
