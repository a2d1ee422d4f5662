# Takes a title apart at its blanks and puts it together with one each, so that the line is not as it came.
import sys

count, *lines = sys.stdin.read().splitlines()
books = [line.split() for line in lines]
for book in sorted(books, key=lambda words: (-int(words[0]), words[1:])):
    print(*book)
