def longest_streak(days):
    noted = set(days)
    longest = 0
    for day in noted:
        if day - 1 not in noted:
            end = day
            while end in noted:
                end += 1
            longest = max(longest, end - day)
    return longest
