# Leaves the names in the order of the list.
def thirsty(plants, day):
    return [plant["name"] for plant in plants if plant["watered"] + plant["every"] <= day]


def next_days(plants):
    return {plant["name"]: plant["watered"] + plant["every"] for plant in plants}
