# Keeps the last gift for the largest one.
count = total = gift = 0
line = input()
while line != "end":
    gift = int(line)
    count += 1
    total += gift
    line = input()
print(f"{count} gifts, {total} cents, largest {gift}" if count else "no gifts")
