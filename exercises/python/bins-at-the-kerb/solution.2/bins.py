from datetime import timedelta


def next_collection(first, today):
    day = first
    while day < today:
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
