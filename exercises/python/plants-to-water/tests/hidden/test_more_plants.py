import copy
import unittest

from plants import next_days, thirsty

stairway = [
    {"name": "ivy", "every": 4, "watered": 20},
    {"name": "palm", "every": 7, "watered": 12},
    {"name": "basil", "every": 1, "watered": 22},
    {"name": "aloe", "every": 14, "watered": 9},
]


class MorePlants(unittest.TestCase):
    def test_sorted(self):
        """Names are sorted, whatever the order of the list."""
        self.assertEqual(thirsty(stairway, 24), ["aloe", "basil", "ivy", "palm"])

    def test_overdue(self):
        """What should have been watered days ago still wants water."""
        self.assertEqual(thirsty(stairway, 23), ["aloe", "basil", "palm"])

    def test_one_after_the_other(self):
        """Thirsty plants that stand next to each other on the list."""
        row = [{"name": name, "every": 2, "watered": 1} for name in ["a", "b", "c", "d"]]
        self.assertEqual(thirsty(row, 3), ["a", "b", "c", "d"])
        self.assertEqual(thirsty(row, 2), [])

    def test_no_plants(self):
        """No plants at all."""
        self.assertEqual(thirsty([], 5), [])
        self.assertEqual(next_days([]), {})

    def test_days(self):
        """The next day of every plant."""
        self.assertEqual(next_days(stairway), {"ivy": 24, "palm": 19, "basil": 23, "aloe": 23})

    def test_list_stays(self):
        """The list and its plants stay as they are."""
        before = copy.deepcopy(stairway)
        thirsty(stairway, 30)
        next_days(stairway)
        self.assertEqual(stairway, before)
