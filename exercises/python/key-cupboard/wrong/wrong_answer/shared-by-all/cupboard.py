# Keeps the book in the class, so that all cupboards share one.
class KeyCupboard:
    holders = {}

    def __init__(self, names):
        for name in names:
            self.holders[name] = None

    def lend(self, name, person):
        if self.holders[name] is not None:
            raise ValueError(name)
        self.holders[name] = person

    def bring_back(self, name):
        if self.holders[name] is None:
            raise ValueError(name)
        self.holders[name] = None

    def who_has(self, name):
        return self.holders[name]

    def away(self):
        return sorted(name for name, person in self.holders.items() if person is not None)
