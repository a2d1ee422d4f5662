import unittest

from lift import travelled


class Lift(unittest.TestCase):
    def test_up_down_up(self):
        self.assertEqual(travelled([3, 0, 2]), 8)

    def test_cellar(self):
        self.assertEqual(travelled([2, -1]), 5)

    def test_nobody_came(self):
        self.assertEqual(travelled([]), 0)
