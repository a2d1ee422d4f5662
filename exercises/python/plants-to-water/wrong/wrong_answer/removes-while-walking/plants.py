# Takes plants off the list while a loop goes along it, so that the loop steps over the next one.
def thirsty(plants, day):
    left = list(plants)
    for plant in left:
        if plant["watered"] + plant["every"] > day:
            left.remove(plant)
    return sorted(plant["name"] for plant in left)


def next_days(plants):
    return {plant["name"]: plant["watered"] + plant["every"] for plant in plants}
