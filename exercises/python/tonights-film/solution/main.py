title = input()
hours, minutes = divmod(int(input()), 60)

print(f"Tonight: {title}")
print(f"Running time: {hours} h {minutes:02} min")
