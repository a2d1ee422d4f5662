from datetime import date, timedelta

STEP = timedelta(days=14)


def next_collection(first, today):
    if today <= first:
        return first
    missing = -(today - first).days % STEP.days
    return today + timedelta(days=missing)


def collections_in(first, year, month):
    found = []
    day = next_collection(first, date(year, month, 1))
    while (day.year, day.month) == (year, month):
        found.append(day)
        day += STEP
    return found
