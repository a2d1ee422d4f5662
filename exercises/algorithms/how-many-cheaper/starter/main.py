toys, children = map(int, input().split())
prices = [int(word) for word in input().split()]
purses = [int(word) for word in input().split()]

for money in purses:
    print(toys)
