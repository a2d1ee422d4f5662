# Counts the days from one crossing to the next, which is one more than the days between.
import csv
from collections import defaultdict
from datetime import date

with open(input(), newline="", encoding="utf-8") as file:
    rows = sorted((row["date"], int(row["passengers"])) for row in csv.DictReader(file) if row["status"] == "done")

if not rows:
    print("No crossings.")
else:
    months = defaultdict(list)
    for day, people in rows:
        months[day[:7]].append(people)
    total = sum(people for day, people in rows)
    print(f"Ferry report {rows[0][0]} to {rows[-1][0]}")
    print()
    print(f"{'month':<9}{'crossings':>9}{'passengers':>12}{'share':>8}")
    for month, people in [*months.items(), ("total", [people for day, people in rows])]:
        share = 100 * sum(people) / total if total else 0
        print(f"{month:<9}{len(people):>9}{sum(people):>12}{share:>7.1f}%")
    print()
    days = [date.fromisoformat(day) for day, people in rows]
    length, day, after = max(((after - day).days, day, after) for day, after in zip(days, days[1:]))
    print(f"longest pause: {length} days ({day} to {after})")
