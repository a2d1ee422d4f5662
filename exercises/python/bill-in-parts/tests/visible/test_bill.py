import unittest

from bill import parts


class Bill(unittest.TestCase):
    def test_even(self):
        self.assertEqual(parts(900, 3), [300, 300, 300])

    def test_one_cent_left(self):
        self.assertEqual(parts(1000, 3), [334, 333, 333])
