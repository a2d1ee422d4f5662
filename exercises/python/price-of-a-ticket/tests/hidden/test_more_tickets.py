import unittest

from tickets import price


class MoreTickets(unittest.TestCase):
    def test_birthdays(self):
        """The first and the last year of each price."""
        found = [price(age, "Friday") for age in (0, 5, 6, 17, 18, 64, 65, 99)]
        self.assertEqual(found, [0, 0, 400, 400, 900, 900, 600, 600])

    def test_monday(self):
        """On Monday nobody pays more than 500, and nobody more than on other days."""
        found = [price(age, "Monday") for age in (5, 17, 18, 64, 65)]
        self.assertEqual(found, [0, 400, 500, 500, 500])

    def test_members(self):
        """Members of every age."""
        found = [price(age, "Sunday", True) for age in (5, 17, 18, 64, 65)]
        self.assertEqual(found, [0, 300, 800, 800, 500])

    def test_members_on_monday(self):
        """Members on a Monday."""
        found = [price(age, "Monday", True) for age in (5, 17, 18, 64, 65)]
        self.assertEqual(found, [0, 300, 400, 400, 400])
