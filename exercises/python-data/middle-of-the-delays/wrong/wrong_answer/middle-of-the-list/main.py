# Takes the middle of the list without sorting it, and the upper of two in the middle.
import csv


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
    if found:
        print(pier, len(found), sum(found) / len(found), found[len(found) // 2])
    else:
        print(pier, 0, "-", "-")
