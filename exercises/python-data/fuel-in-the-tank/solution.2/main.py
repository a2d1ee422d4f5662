import csv

name = input()
level = int(input())
reserve = int(input())

with open(name, newline="", encoding="utf-8") as file:
    rows = sorted(csv.DictReader(file), key=lambda row: row["time"])

lowest, lowest_time = level, "start"
below = "start" if level < reserve else None
for row in rows:
    change = int(row["litres"])
    level += change
    print(f"{row['time']} {change:+} {level}")
    if level < lowest:
        lowest, lowest_time = level, row["time"]
    if level < reserve and below is None:
        below = row["time"]

print(f"lowest: {lowest} at {lowest_time}")
if below is None:
    print("never below the reserve")
else:
    print(f"below the reserve at {below}")
