# Divides with /, whose result is not exact for a large bill.
def parts(cents, people):
    return [int(cents / people) + (1 if place < cents % people else 0) for place in range(people)]
