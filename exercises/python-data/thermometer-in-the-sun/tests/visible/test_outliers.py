import unittest

from outliers import cleaned, outliers

temperatures = [12, 13, 12, 71, None, 14, 13]


class Outliers(unittest.TestCase):
    def test_in_the_sun(self):
        self.assertEqual(outliers(temperatures), [3])

    def test_cleaned(self):
        self.assertEqual(cleaned(temperatures), [12, 13, 12, None, None, 14, 13])

    def test_quiet_day(self):
        self.assertEqual(outliers([11, 12, 13, 12, 11]), [])
