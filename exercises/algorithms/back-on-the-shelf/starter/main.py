count = int(input())
lines = [input() for _ in range(count)]

for line in sorted(lines):
    print(line)
