import csv

with open(input(), newline="", encoding="utf-8") as file:
    rows = list(csv.DictReader(file))

print(f"crossings: {len(rows)}")
print(f"passengers: {sum(int(row['passengers']) for row in rows)}")
if rows:
    fullest = max(rows, key=lambda row: int(row["passengers"]))
    print(f"fullest: {fullest['date']} {fullest['time']} from {fullest['from']} ({fullest['passengers']})")
else:
    print("fullest: none")
