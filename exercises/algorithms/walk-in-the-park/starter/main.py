import math

count = int(input())
trees = [tuple(float(word) for word in input().split()) for _ in range(count)]

print(0)
