# Asks for the first of no days.
from datetime import datetime, timedelta


def read_day(text):
    for pattern in ("%Y-%m-%d", "%d.%m.%Y", "%d %B %Y"):
        try:
            return datetime.strptime(text.strip(), pattern).date()
        except ValueError:
            pass
    return None


def days_without(texts):
    noted = {read_day(text) for text in texts} - {None}
    day, last = min(noted), max(noted)
    found = []
    while day < last:
        if day not in noted:
            found.append(day)
        day += timedelta(days=1)
    return found
