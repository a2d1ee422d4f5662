import csv


def rows(name):
    with open(name, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            row["card"] = row["card"].strip().upper()
            yield row


boardings = list(rows(input()))
holders = {}
last_days = {}
for row in rows(input()):
    card = row["card"]
    holders[card] = row["name"]
    last_days[card] = max(row["last_day"], last_days.get(card, ""))

refused = 0
for row in boardings:
    card = row["card"]
    place = f"{row['date']} {row['time']} {card}"
    if card not in last_days:
        print(f"{place}: unknown")
    elif row["date"] > last_days[card]:
        print(f"{place} {holders[card]}: ended {last_days[card]}")
    else:
        continue
    refused += 1
print(f"{refused} of {len(boardings)} boardings without a ticket")
