gifts = []
line = input()
while line != "end":
    gifts.append(int(line))
    line = input()

if gifts:
    print(f"{len(gifts)} gifts, {sum(gifts)} cents, largest {max(gifts)}")
else:
    print("no gifts")
