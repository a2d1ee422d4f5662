# Expects that the file is there.
def promised(path):
    total = 0
    unread = []
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, start=1):
            line = line.strip()
            if line == "" or line.startswith("#"):
                continue
            amount = line.partition(":")[2].strip()
            if amount.isdigit() and int(amount) > 0:
                total += int(amount)
            else:
                unread.append(number)
    return total, unread
