# Counts those who come back to where they began twice.
import csv
from collections import Counter


def busiest(path, how_many):
    people = Counter()
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            for end in ("from", "to"):
                people[" ".join(row[end].split()).title()] += int(row["passengers"])
    return sorted(people.items(), key=lambda pair: (-pair[1], pair[0]))[:how_many]
