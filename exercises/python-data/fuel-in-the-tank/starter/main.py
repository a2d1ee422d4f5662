import csv

name = input()
level = int(input())
reserve = int(input())

with open(name, newline="", encoding="utf-8") as file:
    for row in csv.DictReader(file):
        print(row["time"], row["litres"], level)
