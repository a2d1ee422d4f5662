# Looks for the largest text, and "50" comes after "1000".
gifts = []
line = input()
while line != "end":
    gifts.append(line)
    line = input()
if gifts:
    print(f"{len(gifts)} gifts, {sum(map(int, gifts))} cents, largest {max(gifts)}")
else:
    print("no gifts")
