import unittest

from piers import busiest


class Piers(unittest.TestCase):
    def test_two(self):
        self.assertEqual(busiest("crossings.csv", 2), [("Lindholm", 71), ("North Pier", 43)])

    def test_more_than_there_are(self):
        expected = [("Lindholm", 71), ("North Pier", 43), ("South Pier", 28)]
        self.assertEqual(busiest("crossings.csv", 10), expected)
