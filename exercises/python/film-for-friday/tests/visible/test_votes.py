import unittest

from votes import favourites


class Votes(unittest.TestCase):
    def test_one_winner(self):
        self.assertEqual(favourites(["Snow", "Heat", "Snow"]), ["Snow"])

    def test_shared_first_place(self):
        self.assertEqual(favourites(["Snow", "Heat", "Heat", "Snow"]), ["Heat", "Snow"])

    def test_no_votes(self):
        self.assertEqual(favourites([]), [])
