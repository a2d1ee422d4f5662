import unittest
from datetime import date

from bins import collections_in, next_collection

first = date(2025, 6, 4)


class MoreBins(unittest.TestCase):
    def test_still_to_come(self):
        """Weeks before the first collection."""
        self.assertEqual(next_collection(first, date(2025, 5, 1)), first)
        self.assertEqual(next_collection(first, date(2025, 6, 3)), first)

    def test_first_day(self):
        """The first day itself, and the day after."""
        self.assertEqual(next_collection(first, first), first)
        self.assertEqual(next_collection(first, date(2025, 6, 5)), date(2025, 6, 18))

    def test_new_year(self):
        """Over the end of a year."""
        self.assertEqual(next_collection(first, date(2025, 12, 18)), date(2025, 12, 31))
        self.assertEqual(next_collection(first, date(2026, 1, 1)), date(2026, 1, 14))

    def test_leap_year(self):
        """Over the 29th of February."""
        self.assertEqual(next_collection(date(2024, 2, 20), date(2024, 2, 21)), date(2024, 3, 5))

    def test_month_of_the_first_day(self):
        """The month in which it begins."""
        self.assertEqual(collections_in(date(2025, 6, 20), 2025, 6), [date(2025, 6, 20)])

    def test_month_before(self):
        """A month before it begins."""
        self.assertEqual(collections_in(first, 2025, 5), [])

    def test_december(self):
        """December has no month 13 after it."""
        days = [date(2025, 12, 3), date(2025, 12, 17), date(2025, 12, 31)]
        self.assertEqual(collections_in(first, 2025, 12), days)
