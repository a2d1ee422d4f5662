import unittest

from piers import busiest

ranking = [("Lindholm", 35), ("North Pier", 35), ("Stone Quay", 30), ("South Pier", 25), ("Heron Rock", 0)]


class Festival(unittest.TestCase):
    def test_all(self):
        """Ties, a trip around the island, and a pier where nobody was."""
        self.assertEqual(busiest("festival.csv", 5), ranking)

    def test_one_of_two(self):
        """Only one of two that are equally busy."""
        self.assertEqual(busiest("festival.csv", 1), ranking[:1])

    def test_none(self):
        """None at all are asked for."""
        self.assertEqual(busiest("festival.csv", 0), [])
