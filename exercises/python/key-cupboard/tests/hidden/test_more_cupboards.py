import unittest

from cupboard import KeyCupboard


class MoreCupboards(unittest.TestCase):
    def setUp(self):
        self.cupboard = KeyCupboard(["roof", "cellar", "kitchen"])

    def test_nothing_away(self):
        """All keys hang at first."""
        self.assertEqual(self.cupboard.away(), [])
        self.assertEqual([self.cupboard.who_has(name) for name in ("roof", "cellar")], [None, None])

    def test_sorted(self):
        """Keys that are away are sorted, and one person may have several."""
        for name in ("roof", "kitchen", "cellar"):
            self.cupboard.lend(name, "Cleo")
        self.assertEqual(self.cupboard.away(), ["cellar", "kitchen", "roof"])

    def test_refused_changes_nothing(self):
        """After a refusal the first person still has the key."""
        self.cupboard.lend("roof", "Bo")
        with self.assertRaises(ValueError):
            self.cupboard.lend("roof", "Ada")
        self.assertEqual(self.cupboard.who_has("roof"), "Bo")

    def test_same_person_again(self):
        """The same person can't take a key twice."""
        self.cupboard.lend("roof", "Bo")
        with self.assertRaises(ValueError):
            self.cupboard.lend("roof", "Bo")

    def test_was_not_away(self):
        """A key that hangs can't be brought back, and one only once."""
        with self.assertRaises(ValueError):
            self.cupboard.bring_back("roof")
        self.cupboard.lend("roof", "Bo")
        self.cupboard.bring_back("roof")
        with self.assertRaises(ValueError):
            self.cupboard.bring_back("roof")

    def test_no_such_key(self):
        """A key that is not in the cupboard."""
        with self.assertRaises(KeyError):
            self.cupboard.lend("attic", "Bo")
        with self.assertRaises(KeyError):
            self.cupboard.bring_back("attic")
        with self.assertRaises(KeyError):
            self.cupboard.who_has("attic")
        self.assertEqual(self.cupboard.away(), [])

    def test_two_cupboards(self):
        """Two cupboards know nothing of each other."""
        other = KeyCupboard(["roof"])
        self.cupboard.lend("roof", "Bo")
        self.assertIsNone(other.who_has("roof"))
        self.assertEqual(other.away(), [])

    def test_list_of_names(self):
        """A change of the list afterwards adds no key."""
        names = ["gate"]
        cupboard = KeyCupboard(names)
        names.append("attic")
        with self.assertRaises(KeyError):
            cupboard.who_has("attic")
