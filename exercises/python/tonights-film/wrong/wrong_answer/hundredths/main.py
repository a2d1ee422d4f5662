# Divides with /, and takes the hundredths of an hour for minutes.
title = input()
minutes = int(input())

hours = f"{minutes / 60:.2f}"
print(f"Tonight: {title}")
print(f"Running time: {hours[:-3]} h {hours[-2:]} min")
