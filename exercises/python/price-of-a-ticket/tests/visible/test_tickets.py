import unittest

from tickets import price


class Tickets(unittest.TestCase):
    def test_grown_up(self):
        self.assertEqual(price(30, "Friday"), 900)

    def test_child(self):
        self.assertEqual(price(11, "Friday"), 400)

    def test_monday_for_a_member(self):
        self.assertEqual(price(30, "Monday", member=True), 400)

    def test_small_child(self):
        self.assertEqual(price(4, "Friday", member=True), 0)
