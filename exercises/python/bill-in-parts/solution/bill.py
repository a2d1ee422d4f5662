def parts(cents, people):
    if people == 0:
        return []
    each, rest = divmod(cents, people)
    return [each + 1] * rest + [each] * (people - rest)
