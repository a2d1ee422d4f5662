# Goes through the slips in place of the titles, so that a winner appears as often as it was named.
def favourites(votes):
    most = max((votes.count(title) for title in votes), default=0)
    return sorted(title for title in votes if votes.count(title) == most)
