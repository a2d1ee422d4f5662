import unittest

from outliers import cleaned, outliers


class MoreOutliers(unittest.TestCase):
    def test_both_sides(self):
        """Values that are far too low, and far too high."""
        self.assertEqual(outliers([-40, 10, 11, 12, 10, 9, 85, 11]), [0, 6])

    def test_below_zero(self):
        """A winter day: the middle is below zero."""
        self.assertEqual(outliers([-8, -7, -9, -8, 20, -6, -7]), [4])

    def test_exactly_at_the_border(self):
        """A value exactly five typical distances away stays."""
        self.assertEqual(outliers([10, 9, 11, 15, 10, 9, 11]), [])
        self.assertEqual(outliers([10, 9, 11, 16, 10, 9, 11]), [3])

    def test_factor(self):
        """Another factor."""
        values = [10, 9, 11, 15, 10, 9, 11]
        self.assertEqual(outliers(values, factor=3), [3])
        self.assertEqual(cleaned(values, 3), [10, 9, 11, None, 10, 9, 11])

    def test_mostly_equal(self):
        """Where most values are equal, there are no outliers."""
        self.assertEqual(outliers([4, 4, 4, 4, 90]), [])

    def test_nothing_there(self):
        """Empty lists, and lists of missing values only."""
        self.assertEqual(outliers([]), [])
        self.assertEqual(outliers([None, None]), [])
        self.assertEqual(cleaned([None, None]), [None, None])
        self.assertEqual(outliers([21.5]), [])

    def test_missing_first(self):
        """Positions count the missing values."""
        self.assertEqual(outliers([None, None, 5, 6, 7, 99, 6]), [5])

    def test_zero_is_a_value(self):
        """0 degrees are not missing."""
        self.assertEqual(outliers([0, 20, 21, 0, 22, 20, 21]), [0, 3])

    def test_list_stays(self):
        """The list that was given stays as it is."""
        values = [1, 2, 3, 2, 70]
        self.assertEqual(cleaned(values), [1, 2, 3, 2, None])
        self.assertEqual(values, [1, 2, 3, 2, 70])
