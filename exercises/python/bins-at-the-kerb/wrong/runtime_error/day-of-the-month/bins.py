# Adds 14 to the day of the month, and asks for the 32nd of a month.
def next_collection(first, today):
    day = first
    while day < today:
        day = day.replace(day=day.day + 14)
    return day


def collections_in(first, year, month):
    found = []
    day = first
    while (day.year, day.month) <= (year, month):
        if day.month == month:
            found.append(day)
        day = day.replace(day=day.day + 14)
    return found
