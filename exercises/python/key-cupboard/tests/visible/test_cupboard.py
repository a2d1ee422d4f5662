import unittest

from cupboard import KeyCupboard


class Cupboard(unittest.TestCase):
    def setUp(self):
        self.cupboard = KeyCupboard(["cellar", "kitchen"])

    def test_lent(self):
        self.cupboard.lend("cellar", "Bo")
        self.assertEqual(self.cupboard.who_has("cellar"), "Bo")
        self.assertEqual(self.cupboard.away(), ["cellar"])

    def test_back_again(self):
        self.cupboard.lend("cellar", "Bo")
        self.cupboard.bring_back("cellar")
        self.assertIsNone(self.cupboard.who_has("cellar"))

    def test_taken_already(self):
        self.cupboard.lend("cellar", "Bo")
        with self.assertRaises(ValueError):
            self.cupboard.lend("cellar", "Ada")
