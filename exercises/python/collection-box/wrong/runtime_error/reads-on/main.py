# Passes over the line that says end, and reads on.
import sys

gifts = [int(line) for line in sys.stdin if line.strip() != "end"]
print(f"{len(gifts)} gifts, {sum(gifts)} cents, largest {max(gifts)}" if gifts else "no gifts")
