"""Any order is right in which no task comes before one that it waits for."""
import sys


def wrong(message):
    print(message)
    sys.exit(43)


with open(sys.argv[1]) as case, open(sys.argv[2]) as answer:
    tasks, _ = map(int, case.readline().split())
    rules = [tuple(map(int, line.split())) for line in case if line.strip()]
    is_possible = answer.read().strip() != "impossible"

words = sys.stdin.read().split()
if not is_possible:
    sys.exit(42) if words == ["impossible"] else wrong("There is no order, and one is given.")
if words == ["impossible"]:
    wrong("There is an order.")
if not all(word.isascii() and word.isdigit() and len(word) < 10 for word in words):
    wrong("Something else than tasks is in the output.")
order = [int(word) for word in words]
if sorted(order) != list(range(1, tasks + 1)):
    wrong(f"Every task from 1 to {tasks} has to be there once; {len(order)} are given.")
place = {task: index for index, task in enumerate(order)}
for first, then in rules:
    if place[first] >= place[then]:
        wrong(f"{first} has to come before {then}.")
sys.exit(42)
