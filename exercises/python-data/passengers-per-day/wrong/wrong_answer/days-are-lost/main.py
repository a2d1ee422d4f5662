# Passes over cancelled crossings altogether, and with them the days that have no others.
import csv
from collections import defaultdict

crossings = defaultdict(int)
passengers = defaultdict(int)
with open(input(), newline="", encoding="utf-8") as file:
    for row in csv.DictReader(file):
        if row["status"].strip().lower() != "done":
            continue
        crossings[row["date"]] += 1
        passengers[row["date"]] += int(row["passengers"])
for day in sorted(crossings):
    print(day, crossings[day], passengers[day])
