from datetime import date, timedelta


def next_collection(first, today):
    return first + timedelta(days=14)


def collections_in(first, year, month):
    return []
