import math

count = int(input())
trees = [tuple(float(word) for word in input().split()) for _ in range(count)]
print(sum(math.dist(trees[place - 1], trees[place]) for place in range(count)))
