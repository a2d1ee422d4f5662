# Raises an IndexError where there is no second time.
import re


def minutes(text):
    if not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", text):
        raise ValueError(text)
    return int(text[:2]) * 60 + int(text[3:])


def is_open(hours, time):
    times = [text for text in hours.split("-", 1)]
    first, last, now = minutes(times[0]), minutes(times[1]), minutes(time)
    return first <= now < last if first < last else now >= first or now < last
