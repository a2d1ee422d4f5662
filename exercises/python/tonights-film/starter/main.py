title = input()
minutes = int(input())

print(f"Tonight: {title}")
