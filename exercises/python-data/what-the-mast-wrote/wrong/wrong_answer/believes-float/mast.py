# Believes whatever float() takes, and so writes down nan and inf.
import csv


def readings(path):
    found = []
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            try:
                degrees = float(row["temperature"].replace(",", "."))
                if row["unit"].strip().upper() == "F":
                    degrees = (degrees - 32) * 5 / 9
                degrees = round(degrees, 1)
            except ValueError:
                degrees = None
            found.append((row["time"], degrees))
    return found
