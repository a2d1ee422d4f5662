# Takes a tank with exactly the reserve for one that is below it.
import csv
from itertools import accumulate

name, morning, reserve = input(), int(input()), int(input())
with open(name, newline="", encoding="utf-8") as file:
    rows = sorted((row["time"], int(row["litres"])) for row in csv.DictReader(file))
levels = list(accumulate([litres for time, litres in rows], initial=morning))
times = ["start"] + [time for time, litres in rows]
for (time, change), level in zip(rows, levels[1:]):
    print(f"{time} {change:+} {level}")
print(f"lowest: {min(levels)} at {times[levels.index(min(levels))]}")
below = [time for time, level in zip(times, levels) if level <= reserve]
print(f"below the reserve at {below[0]}" if below else "never below the reserve")
