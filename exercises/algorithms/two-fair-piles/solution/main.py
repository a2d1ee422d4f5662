stones = int(input())
total = stones * (stones + 1) // 2

if total % 2 == 1:
    print("no way")
else:
    lacking = total // 2
    first, second = [], []
    for stone in range(stones, 0, -1):
        if stone <= lacking:
            first.append(stone)
            lacking -= stone
        else:
            second.append(stone)
    print(*first)
    print(*second)
