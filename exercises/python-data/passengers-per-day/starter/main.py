import csv

with open(input(), newline="", encoding="utf-8") as file:
    for row in csv.DictReader(file):
        print(row["date"], 1, row["passengers"])
