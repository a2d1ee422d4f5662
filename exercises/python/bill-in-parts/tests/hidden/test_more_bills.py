import unittest

from bill import parts


class MoreBills(unittest.TestCase):
    def test_two_cents_left(self):
        """Two cents are left over."""
        self.assertEqual(parts(11, 3), [4, 4, 3])

    def test_fewer_cents_than_people(self):
        """More people than cents."""
        self.assertEqual(parts(2, 3), [1, 1, 0])

    def test_nobody(self):
        """Nobody is there to pay."""
        self.assertEqual(parts(500, 0), [])

    def test_every_bill_adds_up(self):
        """The parts of many bills add up and hardly differ."""
        for cents in range(0, 300, 7):
            for people in range(1, 12):
                found = parts(cents, people)
                self.assertEqual(sum(found), cents)
                self.assertEqual(len(found), people)
                self.assertLessEqual(max(found) - min(found), 1)
                self.assertEqual(found, sorted(found, reverse=True))

    def test_a_large_bill(self):
        """A bill that is too large for floating-point numbers."""
        self.assertEqual(parts(10**18 + 5, 3), [333333333333333335] * 3)
