import unittest

from plants import next_days, thirsty

plants = [
    {"name": "fern", "every": 3, "watered": 10},
    {"name": "cactus", "every": 30, "watered": 2},
]


class Plants(unittest.TestCase):
    def test_due_today(self):
        self.assertEqual(thirsty(plants, 13), ["fern"])

    def test_not_yet(self):
        self.assertEqual(thirsty(plants, 12), [])

    def test_next_days(self):
        self.assertEqual(next_days(plants), {"fern": 13, "cactus": 32})
