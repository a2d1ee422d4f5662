# Writes five minutes as 5, where the poster wants 05.
title = input()
minutes = int(input())

print(f"Tonight: {title}")
print(f"Running time: {minutes // 60} h {minutes % 60} min")
