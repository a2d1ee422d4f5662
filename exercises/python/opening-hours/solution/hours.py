import re

TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")


def minutes(text):
    match = TIME.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is no time")
    return int(match[1]) * 60 + int(match[2])


def is_open(hours, time):
    opens, dash, closes = hours.partition("-")
    if not dash:
        raise ValueError(f"{hours!r} are no hours")
    first, last, now = minutes(opens), minutes(closes), minutes(time)
    if first < last:
        return first <= now < last
    return now >= first or now < last
