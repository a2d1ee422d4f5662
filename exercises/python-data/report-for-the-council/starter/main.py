import csv

with open(input(), newline="", encoding="utf-8") as file:
    rows = list(csv.DictReader(file))

print(f"Ferry report {rows[0]['date']} to {rows[-1]['date']}")
print()
print(f"{'month':<9}{'crossings':>9}{'passengers':>12}{'share':>8}")
