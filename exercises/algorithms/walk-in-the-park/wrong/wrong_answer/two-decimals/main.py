# Rounds every part to centimetres.
import math

count = int(input())
trees = [tuple(float(word) for word in input().split()) for _ in range(count)]
print(sum(round(math.dist(trees[place - 1], trees[place]), 2) for place in range(count)))
