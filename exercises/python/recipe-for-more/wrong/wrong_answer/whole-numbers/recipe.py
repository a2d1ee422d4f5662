# Drops what is not whole: half an egg is gone.
def for_people(recipe, serves, people):
    scaled = {name: amount if amount is None else amount * people // serves for name, amount in recipe.items()}
    return {name: amount for name, amount in scaled.items() if amount != 0}
