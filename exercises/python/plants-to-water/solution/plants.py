def thirsty(plants, day):
    return sorted(plant["name"] for plant in plants if plant["watered"] + plant["every"] <= day)


def next_days(plants):
    return {plant["name"]: plant["watered"] + plant["every"] for plant in plants}
