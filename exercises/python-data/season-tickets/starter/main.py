import csv

boardings_name = input()
cards_name = input()

with open(boardings_name, newline="", encoding="utf-8") as file:
    for row in csv.DictReader(file):
        print(row["date"], row["time"], row["card"])
