# Takes 500 on Mondays from everybody, from children too.
def price(age, day, member=False):
    if day == "Monday":
        cents = 500
    elif age < 6:
        cents = 0
    elif age < 18:
        cents = 400
    elif age < 65:
        cents = 900
    else:
        cents = 600
    return max(cents - 100, 0) if member else cents
