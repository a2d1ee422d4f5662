# Takes the first line from the first booking, and on a quiet day there is none.
import csv
import json


def rows(path):
    found = []
    with open(path, encoding="utf-8") as file:
        for booking in json.load(file):
            row = {"id": booking["id"], "name": booking["name"]}
            row["email"] = (booking.get("contact") or {}).get("email") or ""
            people = booking.get("passengers") or []
            row["adults"] = sum(each["count"] for each in people if each["kind"] == "adult")
            row["children"] = sum(each["count"] for each in people if each["kind"] == "child")
            row["bikes"] = booking.get("bikes") or 0
            found.append(row)
    return found


def write_csv(bookings, path):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        for number, booking in enumerate(bookings):
            if number == 0:
                writer.writerow(booking.keys())
            writer.writerow(booking.values())
