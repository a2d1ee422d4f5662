# Lets people in at the very last minute.
import re

TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")


def minutes(text):
    match = TIME.fullmatch(text)
    if match is None:
        raise ValueError(text)
    return int(match[1]) * 60 + int(match[2])


def is_open(hours, time):
    opens, dash, closes = hours.partition("-")
    if not dash:
        raise ValueError(hours)
    first, last, now = minutes(opens), minutes(closes), minutes(time)
    return first <= now <= last if first < last else now >= first or now <= last
