import unittest

from mast import readings


class OldMast(unittest.TestCase):
    def setUp(self):
        self.found = readings("old-mast.csv")

    def test_lines(self):
        """Every line of an older file is there, in its order."""
        self.assertEqual([time for time, _ in self.found], [f"{hour:02}:00" for hour in range(13)])

    def test_not_finite(self):
        """nan and inf are no temperatures."""
        self.assertEqual([self.found[hour][1] for hour in (0, 5, 6)], [None, None, None])

    def test_celsius(self):
        """Degrees below zero, rounded, with a point or a comma."""
        self.assertEqual([self.found[hour][1] for hour in (1, 2)], [-3.5, -4.0])

    def test_fahrenheit(self):
        """Fahrenheit in small letters, with blanks, and zero."""
        self.assertEqual([self.found[hour][1] for hour in (3, 4, 8)], [0.0, -9.5, -17.8])

    def test_no_numbers(self):
        """Texts that look almost like numbers."""
        self.assertEqual([self.found[hour][1] for hour in (7, 9, 10, 11)], [None] * 4)

    def test_unknown_unit(self):
        """A unit that nobody knows is taken for Celsius."""
        self.assertEqual(self.found[12], ("12:00", 5.0))
