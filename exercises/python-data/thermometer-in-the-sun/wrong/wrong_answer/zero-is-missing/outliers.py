# Asks "if value", and so takes 0 degrees for a missing value.
import statistics


def outliers(values, factor=5):
    there = [value for value in values if value]
    if not there:
        return []
    middle = statistics.median(there)
    typical = statistics.median([abs(value - middle) for value in there])
    if typical == 0:
        return []
    return [number for number, value in enumerate(values) if value and abs(value - middle) > factor * typical]


def cleaned(values, factor=5):
    bad = outliers(values, factor)
    return [None if number in bad else value for number, value in enumerate(values)]
