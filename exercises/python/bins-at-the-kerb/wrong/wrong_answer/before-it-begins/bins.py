# Counts in steps backwards too, and finds collections before the first one.
from datetime import date, timedelta


def next_collection(first, today):
    return today + timedelta(days=(first - today).days % 14)


def collections_in(first, year, month):
    found = []
    day = next_collection(first, date(year, month, 1))
    while day.month == month:
        found.append(day)
        day += timedelta(days=14)
    return found
