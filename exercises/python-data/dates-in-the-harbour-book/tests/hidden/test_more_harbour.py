import unittest
from datetime import date, datetime

from harbour import days_without, read_day


class MoreHarbour(unittest.TestCase):
    def test_zeros_and_blanks(self):
        """Leading zeros, blanks and small letters."""
        for text in (" 03.06.2025", "2025-06-03 ", "03 june 2025", "3 JUNE 2025"):
            self.assertEqual(read_day(text), date(2025, 6, 3))

    def test_day_before_month(self):
        """With points the day comes first, also where it could be a month."""
        self.assertEqual(read_day("12.11.2024"), date(2024, 11, 12))
        self.assertIsNone(read_day("11.13.2024"))

    def test_leap_day(self):
        """The 29th of February is there in leap years only."""
        self.assertEqual(read_day("29 February 2024"), date(2024, 2, 29))
        self.assertIsNone(read_day("29.2.2025"))

    def test_nothing_readable(self):
        """Texts that are no date."""
        for text in ("", "   ", "yesterday", "3.6.", "2025-06", "2025-06-03 09:15", "3/6/2025"):
            self.assertIsNone(read_day(text))

    def test_a_date_and_no_time(self):
        """What is returned is a date, without a time of day."""
        self.assertNotIsInstance(read_day("3.6.2025"), datetime)

    def test_over_the_new_year(self):
        """Days between two years, and days that were noted twice."""
        found = days_without(["2.1.2025", "30 December 2024", "2.1.2025", "2024-12-30"])
        self.assertEqual(found, [date(2024, 12, 31), date(2025, 1, 1)])

    def test_end_of_february(self):
        """Days over the end of a February."""
        found = days_without(["1.3.2024", "2024-02-27"])
        self.assertEqual(found, [date(2024, 2, 28), date(2024, 2, 29)])

    def test_nothing_to_compare(self):
        """No texts, unreadable ones only, or a single day."""
        self.assertEqual(days_without([]), [])
        self.assertEqual(days_without(["?", ""]), [])
        self.assertEqual(days_without(["3.6.2025"]), [])

    def test_many_gaps(self):
        """Several gaps are in the order of time."""
        found = days_without(["10.6.2025", "8.6.2025", "2025-06-05"])
        self.assertEqual([day.day for day in found], [6, 7, 9])
