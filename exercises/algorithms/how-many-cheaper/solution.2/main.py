input()
prices = sorted(int(word) for word in input().split())
for money in map(int, input().split()):
    low, high = 0, len(prices)
    while low < high:
        middle = (low + high) // 2
        if prices[middle] <= money:
            low = middle + 1
        else:
            high = middle
    print(low)
