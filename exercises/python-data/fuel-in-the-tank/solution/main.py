import csv
from itertools import accumulate

name, morning, reserve = input(), int(input()), int(input())

with open(name, newline="", encoding="utf-8") as file:
    rows = sorted((row["time"], int(row["litres"])) for row in csv.DictReader(file))

changes = [litres for time, litres in rows]
levels = list(accumulate(changes, initial=morning))
times = ["start"] + [time for time, litres in rows]

for time, change, level in zip(times[1:], changes, levels[1:]):
    print(time, f"{change:+}", level)

lowest = min(levels)
print(f"lowest: {lowest} at {times[levels.index(lowest)]}")
below = next((time for time, level in zip(times, levels) if level < reserve), None)
print("never below the reserve" if below is None else f"below the reserve at {below}")
