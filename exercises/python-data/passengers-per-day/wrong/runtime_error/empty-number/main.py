# Makes a number of the passengers first, and of nothing there is none.
import csv
from collections import defaultdict

crossings = defaultdict(int)
passengers = defaultdict(int)
with open(input(), newline="", encoding="utf-8") as file:
    for row in csv.DictReader(file):
        people = int(row["passengers"])
        done = row["status"].strip().lower() == "done"
        crossings[row["date"]] += done
        passengers[row["date"]] += people * done
for day in sorted(crossings):
    print(day, crossings[day], passengers[day])
