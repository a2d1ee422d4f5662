# Asks for the largest of no numbers when there were no votes.
def favourites(votes):
    counts = {}
    for title in votes:
        counts[title] = counts.get(title, 0) + 1
    most = max(counts.values())
    return sorted(title for title in counts if counts[title] == most)
