import unittest
from datetime import date

from harbour import days_without, read_day


class Harbour(unittest.TestCase):
    def test_three_ways(self):
        for text in ("2025-06-03", "3.6.2025", "3 June 2025"):
            self.assertEqual(read_day(text), date(2025, 6, 3))

    def test_no_such_day(self):
        self.assertIsNone(read_day("31.2.2025"))

    def test_one_day_missing(self):
        found = days_without(["5.6.2025", "2025-06-02", "?", "3 June 2025"])
        self.assertEqual(found, [date(2025, 6, 4)])
