stones = int(input())

if stones % 4 in (1, 2):
    print("no way")
else:
    piles = ([1, 2], [3]) if stones % 4 == 3 else ([], [])
    for stone in range(4 if stones % 4 == 3 else 1, stones, 4):
        piles[0].extend([stone, stone + 3])
        piles[1].extend([stone + 1, stone + 2])
    for pile in piles:
        print(*pile)
