# Forgets that there may be nobody.
def parts(cents, people):
    each, rest = divmod(cents, people)
    return [each + 1] * rest + [each] * (people - rest)
