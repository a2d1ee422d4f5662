# Asks with <= whether a level is lower, and so names the last of the lowest.
import csv

name, level, reserve = input(), int(input()), int(input())
with open(name, newline="", encoding="utf-8") as file:
    rows = sorted((row["time"], int(row["litres"])) for row in csv.DictReader(file))
lowest, when = level, "start"
below = "start" if level < reserve else None
for time, change in rows:
    level += change
    print(f"{time} {change:+} {level}")
    if level <= lowest:
        lowest, when = level, time
    if level < reserve and below is None:
        below = time
print(f"lowest: {lowest} at {when}")
print("never below the reserve" if below is None else f"below the reserve at {below}")
