def promised(path):
    total = 0
    unread = []
    try:
        file = open(path, encoding="utf-8")
    except FileNotFoundError:
        return 0, []
    with file:
        for number, line in enumerate(file, start=1):
            line = line.strip()
            if line == "" or line.startswith("#"):
                continue
            name, colon, amount = line.partition(":")
            try:
                euros = int(amount)
            except ValueError:
                euros = 0
            if euros >= 1:
                total += euros
            else:
                unread.append(number)
    return total, unread
