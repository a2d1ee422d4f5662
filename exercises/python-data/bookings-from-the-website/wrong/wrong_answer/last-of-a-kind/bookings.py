# Makes a dictionary of the kinds, so that of two entries for children only the last one stays.
import csv
import json

COLUMNS = ["id", "name", "email", "adults", "children", "bikes"]


def rows(path):
    found = []
    with open(path, encoding="utf-8") as file:
        for booking in json.load(file):
            counts = {each["kind"]: each["count"] for each in booking.get("passengers") or []}
            email = (booking.get("contact") or {}).get("email") or ""
            values = [booking["id"], booking["name"], email]
            values += [counts.get("adult", 0), counts.get("child", 0), booking.get("bikes") or 0]
            found.append(dict(zip(COLUMNS, values)))
    return found


def write_csv(bookings, path):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(bookings)
