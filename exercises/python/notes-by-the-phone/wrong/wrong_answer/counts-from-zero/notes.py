# Calls the first line number 0.
def promised(path):
    total = 0
    unread = []
    try:
        lines = open(path, encoding="utf-8").read().splitlines()
    except FileNotFoundError:
        return 0, []
    for number, line in enumerate(lines):
        line = line.strip()
        if line == "" or line.startswith("#"):
            continue
        amount = line.partition(":")[2].strip()
        if amount.isdigit() and int(amount) > 0:
            total += int(amount)
        else:
            unread.append(number)
    return total, unread
