# Looks every card up as it was typed, and expects to find it.
import csv


def rows(name):
    with open(name, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


boardings = rows(input())
cards = {row["card"]: row for row in rows(input())}
refused = 0
for row in boardings:
    card = cards[row["card"]]
    if row["date"] > card["last_day"]:
        print(f"{row['date']} {row['time']} {row['card']} {card['name']}: ended {card['last_day']}")
        refused += 1
print(f"{refused} of {len(boardings)} boardings without a ticket")
