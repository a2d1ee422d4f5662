# Asks for the mean of no numbers.
import csv
import statistics


def minutes(time):
    hour, minute = time.split(":")
    return int(hour) * 60 + int(minute)


delays = {}
with open(input(), newline="", encoding="utf-8") as file:
    for row in csv.DictReader(file):
        found = delays.setdefault(row["pier"], [])
        if row["left"]:
            found.append((minutes(row["left"]) - minutes(row["planned"]) + 720) % 1440 - 720)
for pier, found in sorted(delays.items()):
    print(pier, len(found), statistics.mean(found), statistics.median(found))
