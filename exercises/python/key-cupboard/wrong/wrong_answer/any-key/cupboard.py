# Remembers only what is away, and so never notices a key that does not exist.
class KeyCupboard:
    def __init__(self, names):
        self.names = names
        self.holders = {}

    def lend(self, name, person):
        if name in self.holders:
            raise ValueError(name)
        self.holders[name] = person

    def bring_back(self, name):
        if name not in self.holders:
            raise ValueError(name)
        del self.holders[name]

    def who_has(self, name):
        return self.holders.get(name)

    def away(self):
        return sorted(self.holders)
