import unittest

from badges import badge


class MoreBadges(unittest.TestCase):
    def test_apostrophe(self):
        """A letter after an apostrophe stays small."""
        self.assertEqual(badge("sinead o'neill"), "Sinead O'neill")

    def test_nothing(self):
        """The empty name."""
        self.assertEqual(badge(""), "")

    def test_only_blanks(self):
        """A name of nothing but blanks."""
        self.assertEqual(badge("   "), "")

    def test_one_letter(self):
        """Words of one letter."""
        self.assertEqual(badge("x Y"), "X Y")

    def test_other_blanks(self):
        """Tabs are blanks too."""
        self.assertEqual(badge("alan\tTURING"), "Alan Turing")
