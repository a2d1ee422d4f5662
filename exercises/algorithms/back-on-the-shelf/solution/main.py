import sys


def place(line):
    height, title = line.split(maxsplit=1)
    return -int(height), title


count, *lines = sys.stdin.read().splitlines()
for line in sorted(lines, key=place):
    print(line)
