import csv


def readings(path):
    found = []
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            found.append((row["time"], float(row["temperature"])))
    return found
