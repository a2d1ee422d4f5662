def for_people(recipe, serves, people):
    scaled = {}
    for name, amount in recipe.items():
        if amount is None:
            scaled[name] = None
        elif amount * people != 0:
            scaled[name] = amount * people / serves
    return scaled
