import csv
import unittest

from bookings import rows, write_csv

HEADER = ["id", "name", "email", "adults", "children", "bikes"]


def written(path):
    write_csv(rows(path), "out.csv")
    with open("out.csv", newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


class OddBookings(unittest.TestCase):
    def test_no_passengers(self):
        """Without contact, and with null for passengers."""
        expected = {"id": 40, "name": 'Café "Tern", staff', "email": "", "adults": 0, "children": 0, "bikes": 2}
        self.assertEqual(rows("odd-bookings.json")[0], expected)

    def test_same_kind_twice(self):
        """Kinds that come twice, dogs, and null for the address."""
        expected = {"id": 41, "name": "Class 4b", "email": "", "adults": 2, "children": 23, "bikes": 0}
        self.assertEqual(rows("odd-bookings.json")[1], expected)

    def test_order_of_keys(self):
        """The keys are in the same order in each booking."""
        self.assertEqual([list(row) for row in rows("odd-bookings.json")], [HEADER] * 3)

    def test_quotation_marks(self):
        """Names with commas, quotation marks and the end of a line come back from the file as they were."""
        lines = written("odd-bookings.json")
        self.assertEqual([line[1] for line in lines], ["name", 'Café "Tern", staff', "Class 4b", "Two\nlines"])
        self.assertEqual([len(line) for line in lines], [6, 6, 6, 6])

    def test_no_bookings(self):
        """Without bookings the file has its first line."""
        self.assertEqual(rows("no-bookings.json"), [])
        self.assertEqual(written("no-bookings.json"), [HEADER])
