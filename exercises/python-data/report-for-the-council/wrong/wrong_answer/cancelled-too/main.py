# Lets cancelled crossings begin and end the season, and fill its pauses.
import csv
from collections import defaultdict
from datetime import date, timedelta

with open(input(), newline="", encoding="utf-8") as file:
    lines = sorted(csv.DictReader(file), key=lambda row: row["date"])

rows = [(row["date"], int(row["passengers"])) for row in lines if row["status"] == "done"]
if not rows:
    print("No crossings.")
else:
    months = defaultdict(list)
    for day, people in rows:
        months[day[:7]].append(people)
    total = sum(people for day, people in rows)
    print(f"Ferry report {lines[0]['date']} to {lines[-1]['date']}")
    print()
    print(f"{'month':<9}{'crossings':>9}{'passengers':>12}{'share':>8}")
    for month, people in [*months.items(), ("total", [people for day, people in rows])]:
        share = 100 * sum(people) / total if total else 0
        print(f"{month:<9}{len(people):>9}{sum(people):>12}{share:>7.1f}%")
    print()
    days = [date.fromisoformat(row["date"]) for row in lines]
    pauses = [((after - day).days - 1, day, after) for day, after in zip(days, days[1:])]
    length, day, after = max(pauses, key=lambda pause: pause[0], default=(0, None, None))
    if length > 0:
        one = timedelta(days=1)
        print(f"longest pause: {length} {'day' if length == 1 else 'days'} ({day + one} to {after - one})")
    else:
        print("longest pause: none")
