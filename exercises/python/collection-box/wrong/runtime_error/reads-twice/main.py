# Reads one line to compare it and another one to count it, so that every second gift is lost, or the end.
count = total = largest = 0
while input() != "end":
    gift = int(input())
    count += 1
    total += gift
    largest = max(largest, gift)
print(f"{count} gifts, {total} cents, largest {largest}" if count else "no gifts")
