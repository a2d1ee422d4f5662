# Looks at neighbours in the list, and finds only the first day of each gap.
from datetime import datetime, timedelta


def read_day(text):
    for pattern in ("%Y-%m-%d", "%d.%m.%Y", "%d %B %Y"):
        try:
            return datetime.strptime(text.strip(), pattern).date()
        except ValueError:
            pass
    return None


def days_without(texts):
    noted = sorted({read_day(text) for text in texts} - {None})
    return [day + timedelta(days=1) for day, after in zip(noted, noted[1:]) if (after - day).days > 1]
