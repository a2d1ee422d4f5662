# Begins at the first stop, so the way there is missing.
def travelled(floors):
    total = 0
    for number in range(1, len(floors)):
        total += abs(floors[number] - floors[number - 1])
    return total
