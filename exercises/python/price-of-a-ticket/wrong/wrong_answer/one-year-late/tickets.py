# Lets each price begin a year too late: > where it should be >=.
def price(age, day, member=False):
    cents = 0
    if age > 6:
        cents = 400
    if age > 18:
        cents = 900
    if age > 65:
        cents = 600
    if day == "Monday":
        cents = min(cents, 500)
    if member:
        cents = max(cents - 100, 0)
    return cents
