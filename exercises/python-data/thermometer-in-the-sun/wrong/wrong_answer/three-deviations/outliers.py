# Uses the mean and the standard deviation, which the outlier itself moves.
import statistics


def outliers(values, factor=5):
    there = [value for value in values if value is not None]
    if len(there) < 2:
        return []
    middle = statistics.mean(there)
    deviation = statistics.stdev(there)
    return [
        number
        for number, value in enumerate(values)
        if value is not None and abs(value - middle) > 3 * deviation
    ]


def cleaned(values, factor=5):
    bad = outliers(values, factor)
    return [None if number in bad else value for number, value in enumerate(values)]
