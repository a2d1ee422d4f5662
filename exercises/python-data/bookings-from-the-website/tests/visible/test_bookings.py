import csv
import unittest

from bookings import rows, write_csv


class Bookings(unittest.TestCase):
    def test_choir(self):
        choir = {
            "id": 17,
            "name": "Youth choir",
            "email": "choir@tern.example",
            "adults": 3,
            "children": 21,
            "bikes": 0,
        }
        self.assertEqual(rows("bookings.json")[0], choir)

    def test_without_contact(self):
        bo = {"id": 18, "name": "Bo", "email": "", "adults": 1, "children": 0, "bikes": 1}
        self.assertEqual(rows("bookings.json")[1], bo)

    def test_file(self):
        write_csv(rows("bookings.json"), "written.csv")
        with open("written.csv", newline="", encoding="utf-8") as file:
            lines = list(csv.reader(file))
        self.assertEqual(lines[0], ["id", "name", "email", "adults", "children", "bikes"])
        self.assertEqual(lines[3], ["21", "Walkers, Lindholm", "", "9", "0", "0"])
