# Looks from every house at all that stand to the east of it.
input()
heights = [int(word) for word in input().split()]
sunny = 0
for place, height in enumerate(heights):
    if all(other < height for other in heights[place + 1:]):
        sunny += 1
print(sunny)
