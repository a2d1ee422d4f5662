# Begins to look for the lowest level after the first change.
import csv

name, level, reserve = input(), int(input()), int(input())
with open(name, newline="", encoding="utf-8") as file:
    rows = sorted((row["time"], int(row["litres"])) for row in csv.DictReader(file))
levels = []
for time, change in rows:
    level += change
    levels.append((level, time))
    print(f"{time} {change:+} {level}")
if not levels:
    levels = [(level, "start")]
lowest, when = min(levels)
print(f"lowest: {lowest} at {when}")
below = [time for level, time in levels if level < reserve]
print(f"below the reserve at {below[0]}" if below else "never below the reserve")
