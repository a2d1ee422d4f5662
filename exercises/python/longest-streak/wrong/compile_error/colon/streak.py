# A colon is missing after the condition.
def longest_streak(days):
    if not days
        return 0
    return len(set(days))
