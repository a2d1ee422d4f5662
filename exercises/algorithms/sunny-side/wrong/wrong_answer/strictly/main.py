# Lets a house of the same height have sun.
input()
highest = sunny = 0
for height in reversed([int(word) for word in input().split()]):
    if height >= highest:
        highest = height
        sunny += 1
print(sunny)
