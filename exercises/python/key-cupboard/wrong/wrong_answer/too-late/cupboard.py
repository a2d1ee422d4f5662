# Writes the new person down first, and checks afterwards.
class KeyCupboard:
    def __init__(self, names):
        self.holders = {name: None for name in names}

    def lend(self, name, person):
        before = self.holders[name]
        self.holders[name] = person
        if before is not None:
            raise ValueError(name)

    def bring_back(self, name):
        before = self.holders[name]
        self.holders[name] = None
        if before is None:
            raise ValueError(name)

    def who_has(self, name):
        return self.holders[name]

    def away(self):
        return sorted(name for name, person in self.holders.items() if person is not None)
