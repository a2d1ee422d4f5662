# Compares texts, which works for times and takes everything else for one.
def is_open(hours, time):
    first, last = hours.split("-")
    return first <= time < last if first < last else time >= first or time < last
