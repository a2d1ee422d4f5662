def favourites(votes):
    counts = {}
    for title in votes:
        counts[title] = counts.get(title, 0) + 1
    most = max(counts.values(), default=0)
    return sorted(title for title, count in counts.items() if count == most)
