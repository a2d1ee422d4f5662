"""Somebody who waits on a floor and answers. The case has the number of floors and the floor."""
import sys


def wrong(message):
    print(message, file=sys.stderr)
    sys.exit(43)


def say(text):
    try:
        print(text, flush=True)
    except BrokenPipeError:
        wrong("The program ended before it was answered.")


with open(sys.argv[1]) as case:
    floors, floor = map(int, case.read().split())

say(floors)
for _ in range(20):
    line = sys.stdin.readline().strip()
    if line == "":
        wrong("The program ended before it found the floor.")
    if not (line.isascii() and line.isdigit() and len(line) < 10):
        wrong("A question is one number.")
    asked = int(line)
    if asked == floor:
        say("found")
        sys.exit(wrong("It goes on after it was found.") if sys.stdin.readline().strip() else 42)
    say("higher" if asked < floor else "lower")
wrong("Twenty questions were not enough.")
