# Divides by the number of all passengers, and on some weeks there was none.
import csv
from collections import defaultdict
from datetime import date, timedelta

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
        print(f"{month:<9}{len(people):>9}{sum(people):>12}{100 * sum(people) / total:>7.1f}%")
    print()
    days = [date.fromisoformat(day) for day, people in rows]
    pauses = [((after - day).days - 1, day, after) for day, after in zip(days, days[1:])]
    length, day, after = max(pauses, key=lambda pause: pause[0], default=(0, None, None))
    if length > 0:
        one = timedelta(days=1)
        print(f"longest pause: {length} {'day' if length == 1 else 'days'} ({day + one} to {after - one})")
    else:
        print("longest pause: none")
