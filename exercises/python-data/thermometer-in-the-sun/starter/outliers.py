import statistics


def outliers(values, factor=5):
    middle = statistics.mean(values)
    return [number for number, value in enumerate(values) if value > middle]


def cleaned(values, factor=5):
    return values
