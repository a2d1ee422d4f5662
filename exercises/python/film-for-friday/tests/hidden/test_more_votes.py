import unittest

from votes import favourites


class MoreVotes(unittest.TestCase):
    def test_one_vote(self):
        """A single vote."""
        self.assertEqual(favourites(["Heat"]), ["Heat"])

    def test_all_different(self):
        """Every title has one vote."""
        self.assertEqual(favourites(["Snow", "Kite", "Heat"]), ["Heat", "Kite", "Snow"])

    def test_last_wins(self):
        """The winner comes last, in the list and in the alphabet."""
        self.assertEqual(favourites(["Heat", "Kite", "Snow", "Kite", "Snow", "Snow"]), ["Snow"])

    def test_three_share(self):
        """Three titles share the first place, a fourth does not."""
        votes = ["Rain", "Snow", "Kite", "Heat", "Kite", "Snow", "Rain"]
        self.assertEqual(favourites(votes), ["Kite", "Rain", "Snow"])

    def test_votes_stay(self):
        """The list of votes stays as it is."""
        votes = ["Snow", "Heat"]
        favourites(votes)
        self.assertEqual(votes, ["Snow", "Heat"])
