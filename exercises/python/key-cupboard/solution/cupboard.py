class KeyCupboard:
    def __init__(self, names):
        self.holders = {name: None for name in names}

    def lend(self, name, person):
        if self.holders[name] is not None:
            raise ValueError(f"{self.holders[name]} has the key of the {name}")
        self.holders[name] = person

    def bring_back(self, name):
        if self.holders[name] is None:
            raise ValueError(f"the key of the {name} was not away")
        self.holders[name] = None

    def who_has(self, name):
        return self.holders[name]

    def away(self):
        return sorted(name for name, person in self.holders.items() if person is not None)
