# Takes the last of several that are equally full.
import csv

count = total = 0
most = -1
fullest = "none"
with open(input(), newline="", encoding="utf-8") as file:
    for row in csv.DictReader(file):
        passengers = int(row["passengers"])
        count += 1
        total += passengers
        if passengers >= most:
            most = passengers
            fullest = f"{row['date']} {row['time']} from {row['from']} ({passengers})"
print(f"crossings: {count}")
print(f"passengers: {total}")
print(f"fullest: {fullest}")
