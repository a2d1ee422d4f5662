import json


def rows(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def write_csv(bookings, path):
    with open(path, "w", encoding="utf-8") as file:
        file.write("id,name,email,adults,children,bikes\n")
