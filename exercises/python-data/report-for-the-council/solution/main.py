import csv
from datetime import date, timedelta
from itertools import groupby


def read(name):
    """The crossings that were done, as pairs of date and passengers, in the order of time."""
    with open(name, newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["status"] == "done"]
    return sorted((row["date"], int(row["passengers"])) for row in rows)


def by_month(crossings):
    """Triples of month, number of crossings and passengers."""
    months = []
    for month, group in groupby(crossings, key=lambda crossing: crossing[0][:7]):
        passengers = [people for _, people in group]
        months.append((month, len(passengers), sum(passengers)))
    return months


def longest_pause(crossings):
    """Days of the longest pause, with its first and last day; 0 days where there is none."""
    days = [date.fromisoformat(day) for day, _ in crossings]
    pauses = [((after - day).days - 1, day, after) for day, after in zip(days, days[1:])]
    length, day, after = max(pauses, key=lambda pause: pause[0], default=(0, days[0], days[0]))
    return length, day + timedelta(days=1), after - timedelta(days=1)


def line(name, crossings, passengers, total):
    share = f"{100 * passengers / total if total else 0:.1f}%"
    return f"{name:<9}{crossings:>9}{passengers:>12}{share:>8}"


def report(crossings):
    if not crossings:
        return "No crossings."
    months = by_month(crossings)
    total = sum(passengers for _, passengers in crossings)
    length, first, last = longest_pause(crossings)
    unit = "day" if length == 1 else "days"
    pause = f"{length} {unit} ({first} to {last})" if length > 0 else "none"
    lines = [
        f"Ferry report {crossings[0][0]} to {crossings[-1][0]}",
        "",
        f"{'month':<9}{'crossings':>9}{'passengers':>12}{'share':>8}",
        *[line(month, count, passengers, total) for month, count, passengers in months],
        line("total", len(crossings), total, total),
        "",
        f"longest pause: {pause}",
    ]
    return "\n".join(lines)


print(report(read(input())))
