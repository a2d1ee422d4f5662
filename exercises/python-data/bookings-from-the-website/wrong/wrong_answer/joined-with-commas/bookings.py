# Puts commas between the values, also where a value has one itself.
import json

COLUMNS = ["id", "name", "email", "adults", "children", "bikes"]


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
    with open(path, "w", encoding="utf-8") as file:
        file.write(",".join(COLUMNS) + "\n")
        for booking in bookings:
            file.write(",".join(str(booking[column]) for column in COLUMNS) + "\n")
