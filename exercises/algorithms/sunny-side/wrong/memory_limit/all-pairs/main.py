# Keeps what stands to the east of every house.
input()
heights = [int(word) for word in input().split()]
east = [heights[place + 1:] for place in range(len(heights))]
print(sum(all(other < height for other in others) for height, others in zip(heights, east)))
