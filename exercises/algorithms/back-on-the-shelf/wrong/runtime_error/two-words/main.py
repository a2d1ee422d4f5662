# Takes every title for a single word.
count = int(input())
books = []
for _ in range(count):
    height, title = input().split()
    books.append((-int(height), title))
for height, title in sorted(books):
    print(-height, title)
