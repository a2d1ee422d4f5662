"""Two piles are right which have every stone once and weigh the same."""
import sys


def wrong(message):
    print(message)
    sys.exit(43)


with open(sys.argv[1]) as case:
    stones = int(case.read())
is_possible = stones % 4 in (0, 3)

lines = [line for line in sys.stdin.read().split("\n") if line.strip()]
if [line.strip() for line in lines] == ["no way"]:
    wrong("There is a way.") if is_possible else sys.exit(42)
if not is_possible:
    wrong("There is no way to make two piles of the same weight here.")
if len(lines) != 2:
    wrong(f"Two lines are expected, one for each pile; there are {len(lines)}.")
words = " ".join(lines).split()
if not all(word.isascii() and word.isdigit() and len(word) < 10 for word in words):
    wrong("Something else than stones is in the output.")
if sorted(map(int, words)) != list(range(1, stones + 1)):
    wrong(f"Every stone from 1 to {stones} has to be there once; {len(words)} are given.")
first, second = (sum(map(int, line.split())) for line in lines)
if first != second:
    wrong(f"The piles weigh {first} and {second}.")
sys.exit(42)
