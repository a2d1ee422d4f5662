import unittest

from notes import promised


class Notes(unittest.TestCase):
    def test_open_door(self):
        self.assertEqual(promised("promises.txt"), (80, [5, 6]))

    def test_no_file(self):
        self.assertEqual(promised("nowhere.txt"), (0, []))
