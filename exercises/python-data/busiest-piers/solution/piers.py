import csv
from collections import Counter


def clean(name):
    return " ".join(name.split()).title()


def busiest(path, how_many):
    people = Counter()
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            for pier in {clean(row["from"]), clean(row["to"])}:
                people[pier] += int(row["passengers"])
    return sorted(people.items(), key=lambda pair: (-pair[1], pair[0]))[:how_many]
