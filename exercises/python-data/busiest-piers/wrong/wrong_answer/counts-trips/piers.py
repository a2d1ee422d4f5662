# Counts crossings in place of the people on board.
import csv
from collections import Counter


def busiest(path, how_many):
    crossings = Counter()
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            for pier in {" ".join(row[end].split()).title() for end in ("from", "to")}:
                crossings[pier] += 1
    return sorted(crossings.items(), key=lambda pair: (-pair[1], pair[0]))[:how_many]
