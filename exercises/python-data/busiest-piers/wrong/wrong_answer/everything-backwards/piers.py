# Turns the whole order round, so that ties stand backwards in the alphabet.
import csv
from collections import Counter


def busiest(path, how_many):
    people = Counter()
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            for pier in {" ".join(row[end].split()).title() for end in ("from", "to")}:
                people[pier] += int(row["passengers"])
    return sorted(people.items(), key=lambda pair: (pair[1], pair[0]), reverse=True)[:how_many]
