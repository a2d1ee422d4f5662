# Compares the status as it was typed.
import csv
from collections import defaultdict

crossings = defaultdict(int)
passengers = defaultdict(int)
with open(input(), newline="", encoding="utf-8") as file:
    for row in csv.DictReader(file):
        done = row["status"] == "done"
        crossings[row["date"]] += 1 if done else 0
        passengers[row["date"]] += int(row["passengers"]) if done else 0
for day in sorted(crossings):
    print(day, crossings[day], passengers[day])
