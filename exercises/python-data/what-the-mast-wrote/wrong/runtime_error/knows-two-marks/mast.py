# Knows the marks for missing values that are in the visible file, and no others.
import csv


def readings(path):
    found = []
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            text = row["temperature"].strip().replace(",", ".")
            if text in ("", "-", "n/a"):
                found.append((row["time"], None))
                continue
            degrees = float(text)
            if row["unit"].strip().upper() == "F":
                degrees = (degrees - 32) * 5 / 9
            found.append((row["time"], round(degrees, 1)))
    return found
