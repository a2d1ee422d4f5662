# Takes an even number of stones for what can be halved.
stones = int(input())
if stones % 2 == 1:
    print("no way")
else:
    lacking = stones * (stones + 1) // 4
    first, second = [], []
    for stone in range(stones, 0, -1):
        if stone <= lacking:
            first.append(stone)
            lacking -= stone
        else:
            second.append(stone)
    print(*first)
    print(*second)
