# Deals them out in turns, so that the second pile is always heavier.
stones = int(input())
if stones * (stones + 1) // 2 % 2 == 1:
    print("no way")
else:
    print(*range(1, stones + 1, 2))
    print(*range(2, stones + 1, 2))
