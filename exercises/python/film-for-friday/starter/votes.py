def favourites(votes):
    return sorted(votes)
