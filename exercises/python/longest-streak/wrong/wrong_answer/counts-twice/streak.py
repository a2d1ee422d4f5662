# A day that was noted twice ends the streak.
def longest_streak(days):
    days = sorted(days)
    longest = length = 1 if days else 0
    for before, day in zip(days, days[1:]):
        length = length + 1 if day == before + 1 else 1
        longest = max(longest, length)
    return longest
