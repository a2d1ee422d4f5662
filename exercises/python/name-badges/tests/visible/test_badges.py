import unittest

from badges import badge


class Badges(unittest.TestCase):
    def test_small_letters(self):
        self.assertEqual(badge("ada lovelace"), "Ada Lovelace")

    def test_blanks_and_capitals(self):
        self.assertEqual(badge("  GRACE   hopper "), "Grace Hopper")


if __name__ == "__main__":
    unittest.main()
