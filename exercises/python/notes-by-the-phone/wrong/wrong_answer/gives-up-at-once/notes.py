# Puts try around the whole loop, so that the first bad line ends it.
def promised(path):
    total = 0
    unread = []
    number = 0
    try:
        with open(path, encoding="utf-8") as file:
            for number, line in enumerate(file, start=1):
                if line.strip() and not line.strip().startswith("#"):
                    total += int(line.split(":")[1])
    except (ValueError, IndexError):
        unread.append(number)
    except FileNotFoundError:
        pass
    return total, unread
