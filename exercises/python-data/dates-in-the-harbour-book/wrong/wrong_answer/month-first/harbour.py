# Tries the month first, as some countries write it, and 12.11. becomes a day in December.
from datetime import datetime, timedelta


def read_day(text):
    for pattern in ("%Y-%m-%d", "%m.%d.%Y", "%d.%m.%Y", "%d %B %Y"):
        try:
            return datetime.strptime(text.strip(), pattern).date()
        except ValueError:
            pass
    return None


def days_without(texts):
    noted = {read_day(text) for text in texts} - {None}
    if not noted:
        return []
    first = min(noted)
    every = [first + timedelta(days=number) for number in range((max(noted) - first).days)]
    return [day for day in every if day not in noted]
