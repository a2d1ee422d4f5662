# Forgets .date(), and returns midnight where a day is asked for.
from datetime import datetime, timedelta


def read_day(text):
    for pattern in ("%Y-%m-%d", "%d.%m.%Y", "%d %B %Y"):
        try:
            return datetime.strptime(text.strip(), pattern)
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
