def price(age, day, member=False):
    if age < 6:
        cents = 0
    elif age < 18:
        cents = 400
    elif age < 65:
        cents = 900
    else:
        cents = 600
    if day == "Monday":
        cents = min(cents, 500)
    if member:
        cents = max(cents - 100, 0)
    return cents
