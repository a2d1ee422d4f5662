# Writes into the dictionary that was given.
def for_people(recipe, serves, people):
    for name, amount in list(recipe.items()):
        if amount is None:
            continue
        recipe[name] = amount * people / serves
        if recipe[name] == 0:
            del recipe[name]
    return recipe
