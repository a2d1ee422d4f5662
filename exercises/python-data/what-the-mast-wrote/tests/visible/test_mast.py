import unittest

from mast import readings


class Mast(unittest.TestCase):
    def test_first_four(self):
        expected = [("06:00", 12.5), ("07:00", 13.0), ("08:00", None), ("09:00", 15.0)]
        self.assertEqual(readings("mast.csv")[:4], expected)

    def test_missing(self):
        self.assertEqual(readings("mast.csv")[4:6], [("10:00", None), ("11:00", None)])

    def test_freezing_is_not_missing(self):
        self.assertEqual(readings("mast.csv")[7:], [("13:00", 0.0)])
