# Multiplies None.
def for_people(recipe, serves, people):
    return {name: amount * people / serves for name, amount in recipe.items() if amount != 0}
