# Leaves out the lines without a number.
import csv
import math


def readings(path):
    found = []
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            try:
                degrees = float(row["temperature"].replace(",", "."))
            except ValueError:
                continue
            if row["unit"].strip().upper() == "F":
                degrees = (degrees - 32) * 5 / 9
            if math.isfinite(degrees):
                found.append((row["time"], round(degrees, 1)))
    return found
