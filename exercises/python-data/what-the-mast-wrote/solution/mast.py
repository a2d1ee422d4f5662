import csv
import math


def celsius(text, unit):
    try:
        degrees = float(text.replace(",", "."))
    except ValueError:
        return None
    if not math.isfinite(degrees):
        return None
    if unit.strip().upper() == "F":
        degrees = (degrees - 32) * 5 / 9
    return round(degrees, 1)


def readings(path):
    with open(path, newline="", encoding="utf-8") as file:
        return [(row["time"], celsius(row["temperature"], row["unit"])) for row in csv.DictReader(file)]
