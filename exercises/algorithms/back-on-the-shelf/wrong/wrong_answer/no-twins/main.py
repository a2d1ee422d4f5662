# A dictionary keeps only one of two books that have the same title.
count = int(input())
heights = {}
for _ in range(count):
    height, title = input().split(maxsplit=1)
    heights[title] = int(height)
for title in sorted(heights, key=lambda title: (-heights[title], title)):
    print(heights[title], title)
