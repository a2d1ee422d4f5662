# Takes every whole number for an amount, also one below 1.
def promised(path):
    total = 0
    unread = []
    try:
        lines = open(path, encoding="utf-8").read().splitlines()
    except FileNotFoundError:
        return 0, []
    for number, line in enumerate(lines, start=1):
        line = line.strip()
        if line == "" or line.startswith("#"):
            continue
        try:
            total += int(line.partition(":")[2])
        except ValueError:
            unread.append(number)
    return total, unread
