import unittest

from notes import promised


class MoreNotes(unittest.TestCase):
    def test_other_mistakes(self):
        """A page with amounts below 1, cents, two colons and nothing after the colon."""
        total, unread = promised("second-page.txt")
        self.assertEqual(total, 47)
        self.assertEqual(unread, [2, 6, 7, 8, 10])

    def test_blank_page(self):
        """An empty file."""
        self.assertEqual(promised("blank-page.txt"), (0, []))

    def test_twice(self):
        """The same file read a second time."""
        first = promised("promises.txt")
        self.assertEqual(promised("promises.txt"), first)
