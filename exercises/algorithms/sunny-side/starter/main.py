count = int(input())
heights = [int(word) for word in input().split()]

print(count)
