# Looks at pairs that meet, so that unknown cards pass through the gate.
import csv


def rows(name):
    with open(name, newline="", encoding="utf-8") as file:
        return [{**row, "card": row["card"].strip().upper()} for row in csv.DictReader(file)]


boardings = rows(input())
last = {}
for row in rows(input()):
    if row["card"] not in last or last[row["card"]]["last_day"] < row["last_day"]:
        last[row["card"]] = row
refused = 0
for row in boardings:
    for card in last.values():
        if card["card"] == row["card"] and row["date"] > card["last_day"]:
            print(f"{row['date']} {row['time']} {row['card']} {card['name']}: ended {card['last_day']}")
            refused += 1
print(f"{refused} of {len(boardings)} boardings without a ticket")
