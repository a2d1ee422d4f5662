# Takes coordinates for whole numbers.
import math

count = int(input())
trees = [tuple(int(word) for word in input().split()) for _ in range(count)]
print(sum(math.dist(trees[place - 1], trees[place]) for place in range(count)))
