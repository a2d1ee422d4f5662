class KeyCupboard:
    def __init__(self, names):
        self.names = names

    def lend(self, name, person):
        pass

    def bring_back(self, name):
        pass

    def who_has(self, name):
        return None

    def away(self):
        return []
