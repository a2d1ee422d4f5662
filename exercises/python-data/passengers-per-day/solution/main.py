import csv
from collections import defaultdict

crossings = defaultdict(int)
passengers = defaultdict(int)

with open(input(), newline="", encoding="utf-8") as file:
    for row in csv.DictReader(file):
        day = row["date"]
        done = row["status"].strip().lower() == "done"
        crossings[day] += 1 if done else 0
        passengers[day] += int(row["passengers"]) if done else 0

for day in sorted(crossings):
    print(day, crossings[day], passengers[day])
