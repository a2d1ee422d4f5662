# Writes 0 where nothing was measured, as if it had been freezing.
import csv
import math


def readings(path):
    found = []
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            try:
                degrees = float(row["temperature"].replace(",", "."))
            except ValueError:
                degrees = 0.0
            if not math.isfinite(degrees):
                degrees = 0.0
            if row["unit"].strip().upper() == "F":
                degrees = (degrees - 32) * 5 / 9
            found.append((row["time"], round(degrees, 1)))
    return found
