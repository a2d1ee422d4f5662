# Compares a streak with the longest one only where it breaks, so that the last one is lost.
def longest_streak(days):
    days = sorted(set(days))
    longest = 0
    length = 1
    for before, day in zip(days, days[1:]):
        if day == before + 1:
            length += 1
        else:
            longest = max(longest, length)
            length = 1
    return longest
