import unittest

from streak import longest_streak


class Streaks(unittest.TestCase):
    def test_in_order(self):
        self.assertEqual(longest_streak([3, 4, 5, 9, 10]), 3)

    def test_in_any_order(self):
        self.assertEqual(longest_streak([10, 3, 5, 4, 9]), 3)

    def test_none(self):
        self.assertEqual(longest_streak([]), 0)
