def travelled(floors):
    return sum(abs(there - here) for here, there in zip([0] + floors, floors))
