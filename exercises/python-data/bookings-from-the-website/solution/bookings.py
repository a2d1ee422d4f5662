import csv
import json

COLUMNS = ["id", "name", "email", "adults", "children", "bikes"]


def flat(booking):
    contact = booking.get("contact") or {}
    counts = {"adult": 0, "child": 0}
    for passenger in booking.get("passengers") or []:
        if passenger["kind"] in counts:
            counts[passenger["kind"]] += passenger["count"]
    return {
        "id": booking["id"],
        "name": booking["name"],
        "email": contact.get("email") or "",
        "adults": counts["adult"],
        "children": counts["child"],
        "bikes": booking.get("bikes") or 0,
    }


def rows(path):
    with open(path, encoding="utf-8") as file:
        return [flat(booking) for booking in json.load(file)]


def write_csv(bookings, path):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=COLUMNS)
        writer.writeheader()
        writer.writerows(bookings)
