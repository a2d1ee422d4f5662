import csv
from collections import Counter


def busiest(path, how_many):
    people = Counter()
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            people[row["from"]] += 1
    return people.most_common(how_many)
