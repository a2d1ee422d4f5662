# Looks for the lowest of the levels after a change, and on an idle day there is none.
import csv

name, level, reserve = input(), int(input()), int(input())
with open(name, newline="", encoding="utf-8") as file:
    rows = sorted((row["time"], int(row["litres"])) for row in csv.DictReader(file))
levels = []
below = "start" if level < reserve else None
for time, change in rows:
    level += change
    levels.append((level, time))
    print(f"{time} {change:+} {level}")
    if level < reserve and below is None:
        below = time
lowest, when = min(levels)
print(f"lowest: {lowest} at {when}")
print("never below the reserve" if below is None else f"below the reserve at {below}")
