# Does not go back to the first tree.
import math

count = int(input())
trees = [tuple(float(word) for word in input().split()) for _ in range(count)]
print(sum(math.dist(one, other) for one, other in zip(trees, trees[1:])))
