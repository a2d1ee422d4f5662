# Tries all ways to choose the first pile.
from itertools import combinations

stones = int(input())
all_stones = range(1, stones + 1)
half, is_odd = divmod(sum(all_stones), 2)
found = None
if not is_odd:
    for size in range(1, stones):
        found = next((pile for pile in combinations(all_stones, size) if sum(pile) == half), None)
        if found:
            break
if found:
    print(*found)
    print(*(stone for stone in all_stones if stone not in found))
else:
    print("no way")
