# Forgets self in front of a name, which is then unknown.
class KeyCupboard:
    def __init__(self, names):
        self.holders = {name: None for name in names}

    def lend(self, name, person):
        if holders[name] is not None:
            raise ValueError(name)
        holders[name] = person

    def bring_back(self, name):
        if holders[name] is None:
            raise ValueError(name)
        holders[name] = None

    def who_has(self, name):
        return holders[name]

    def away(self):
        return sorted(name for name, person in holders.items() if person is not None)
