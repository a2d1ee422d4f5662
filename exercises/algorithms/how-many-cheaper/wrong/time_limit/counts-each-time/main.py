# Looks at every toy for every child.
input()
prices = [int(word) for word in input().split()]
for money in map(int, input().split()):
    print(sum(1 for price in prices if price <= money))
