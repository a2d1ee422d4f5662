import unittest

from recipe import for_people


class Recipes(unittest.TestCase):
    def test_for_more(self):
        self.assertEqual(for_people({"flour": 200, "eggs": 2}, 4, 6), {"flour": 300, "eggs": 3})

    def test_as_much_as_you_like(self):
        self.assertEqual(for_people({"salt": None}, 1, 2), {"salt": None})
