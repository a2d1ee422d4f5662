# Adds to a number that is not there yet.
def favourites(votes):
    counts = {}
    for title in votes:
        counts[title] += 1
    most = max(counts.values(), default=0)
    return sorted(title for title in counts if counts[title] == most)
