# Divides what was read, which is still a text.
title = input()
minutes = input()

print(f"Tonight: {title}")
print(f"Running time: {minutes // 60} h {minutes % 60:02} min")
