def longest_streak(days):
    longest = length = 0
    before = None
    for day in sorted(set(days)):
        length = length + 1 if before is not None and day == before + 1 else 1
        longest = max(longest, length)
        before = day
    return longest
