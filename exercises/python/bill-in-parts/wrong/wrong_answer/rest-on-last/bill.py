# Gives all of the rest to one person.
def parts(cents, people):
    if people == 0:
        return []
    each = cents // people
    return [cents - each * (people - 1)] + [each] * (people - 1)
