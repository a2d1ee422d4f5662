# Cuts every line at its commas, also at those inside of quotes.
with open(input(), encoding="utf-8") as file:
    rows = [line.strip().split(",") for line in file][1:]

print(f"crossings: {len(rows)}")
print(f"passengers: {sum(int(row[4]) for row in rows)}")
if rows:
    fullest = max(rows, key=lambda row: int(row[4]))
    print(f"fullest: {fullest[0]} {fullest[1]} from {fullest[2]} ({fullest[4]})")
else:
    print("fullest: none")
