import unittest

from lift import travelled


class MoreLift(unittest.TestCase):
    def test_one_stop(self):
        """A single stop."""
        self.assertEqual(travelled([4]), 4)

    def test_straight_to_the_cellar(self):
        """The first stop is the cellar."""
        self.assertEqual(travelled([-1, -1, 0]), 2)

    def test_same_floor(self):
        """Twice the same floor is no way at all."""
        self.assertEqual(travelled([2, 2, 2, 5]), 5)

    def test_two_rides_to_the_same_floors(self):
        """Floors that come again."""
        self.assertEqual(travelled([1, 2, 1, 2, 1]), 5)

    def test_list_stays(self):
        """The list stays as it is."""
        floors = [3, 1]
        travelled(floors)
        self.assertEqual(floors, [3, 1])
