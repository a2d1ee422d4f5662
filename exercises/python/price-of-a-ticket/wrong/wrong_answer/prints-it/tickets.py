# Prints the price, and returns nothing.
def price(age, day, member=False):
    cents = 0 if age < 6 else 400 if age < 18 else 900 if age < 65 else 600
    if day == "Monday":
        cents = min(cents, 500)
    if member:
        cents = max(cents - 100, 0)
    print(cents)
