# most_common leaves ties in the order in which they came in.
import csv
from collections import Counter


def busiest(path, how_many):
    people = Counter()
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            ends = [" ".join(row[end].split()).title() for end in ("from", "to")]
            for pier in sorted(set(ends), reverse=True):
                people[pier] += int(row["passengers"])
    return people.most_common(how_many)
