count = 0
total = 0
line = input()

print(f"{count} gifts, {total} cents")
