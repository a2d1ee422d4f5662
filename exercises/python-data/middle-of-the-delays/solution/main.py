import csv
import statistics

DAY = 24 * 60


def minutes(time):
    hour, minute = time.split(":")
    return int(hour) * 60 + int(minute)


def delay(planned, left):
    difference = minutes(left) - minutes(planned)
    if difference < -DAY // 2:
        return difference + DAY
    if difference > DAY // 2:
        return difference - DAY
    return difference


delays = {}
with open(input(), newline="", encoding="utf-8") as file:
    for row in csv.DictReader(file):
        found = delays.setdefault(row["pier"], [])
        if row["left"]:
            found.append(delay(row["planned"], row["left"]))

for pier, found in sorted(delays.items()):
    if found:
        print(pier, len(found), float(statistics.mean(found)), float(statistics.median(found)))
    else:
        print(pier, 0, "-", "-")
