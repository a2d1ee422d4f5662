# Waits for an answer to a question that is still in its own buffer.
import sys

low, high = 1, int(sys.stdin.readline())
while True:
    middle = (low + high) // 2
    sys.stdout.write(f"{middle}\n")
    answer = sys.stdin.readline().strip()
    if answer == "found":
        break
    if answer == "higher":
        low = middle + 1
    else:
        high = middle - 1
