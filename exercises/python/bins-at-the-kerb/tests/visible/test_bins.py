import unittest
from datetime import date

from bins import collections_in, next_collection

first = date(2025, 6, 4)


class Bins(unittest.TestCase):
    def test_into_the_next_month(self):
        self.assertEqual(next_collection(first, date(2025, 6, 20)), date(2025, 7, 2))

    def test_today(self):
        self.assertEqual(next_collection(first, date(2025, 6, 18)), date(2025, 6, 18))

    def test_july(self):
        days = [date(2025, 7, 2), date(2025, 7, 16), date(2025, 7, 30)]
        self.assertEqual(collections_in(first, 2025, 7), days)
