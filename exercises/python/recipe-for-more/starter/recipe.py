def for_people(recipe, serves, people):
    return recipe
