import unittest

from recipe import for_people

pancakes = {"flour": 200, "eggs": 3, "salt": None, "cream": 0}


class MoreRecipes(unittest.TestCase):
    def test_for_fewer(self):
        """Half of an odd number."""
        self.assertEqual(for_people({"eggs": 3}, 4, 2), {"eggs": 1.5})

    def test_nothing_of_it(self):
        """An ingredient of which there is nothing is left out."""
        self.assertEqual(for_people(pancakes, 2, 4), {"flour": 400, "eggs": 6, "salt": None})

    def test_for_nobody(self):
        """Cooking for nobody takes only what is to taste."""
        self.assertEqual(for_people(pancakes, 2, 0), {"salt": None})

    def test_recipe_stays(self):
        """The recipe that was given stays as it is."""
        recipe = dict(pancakes)
        for_people(recipe, 2, 4)
        self.assertEqual(recipe, pancakes)

    def test_thirds(self):
        """Amounts that don't divide evenly."""
        self.assertAlmostEqual(for_people({"milk": 1}, 3, 1)["milk"], 1 / 3)
