# Turns everything round, titles too.
count = int(input())
books = [input().split(maxsplit=1) for _ in range(count)]
for height, title in sorted(((int(height), title) for height, title in books), reverse=True):
    print(height, title)
