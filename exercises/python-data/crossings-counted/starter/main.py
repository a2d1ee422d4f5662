import csv

name = input()

with open(name, newline="", encoding="utf-8") as file:
    print(file.readline())
