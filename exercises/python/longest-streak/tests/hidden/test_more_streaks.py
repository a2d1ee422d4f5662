import unittest

from streak import longest_streak


class MoreStreaks(unittest.TestCase):
    def test_twice(self):
        """A day that was noted twice."""
        self.assertEqual(longest_streak([7, 7, 8]), 2)

    def test_twice_in_the_middle(self):
        """A day that was noted twice in the middle of a streak."""
        self.assertEqual(longest_streak([1, 2, 2, 3, 9]), 3)

    def test_last_is_longest(self):
        """The longest streak is the last one."""
        self.assertEqual(longest_streak([1, 5, 6, 7, 8]), 4)

    def test_one(self):
        """A single day."""
        self.assertEqual(longest_streak([200]), 1)

    def test_list_stays(self):
        """The list stays as it is."""
        days = [5, 3, 4]
        longest_streak(days)
        self.assertEqual(days, [5, 3, 4])

    def test_many(self):
        """A hundred thousand days."""
        self.assertEqual(longest_streak(list(range(100_000, 0, -1))), 100_000)
