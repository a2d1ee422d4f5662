"""Compares output with what is right, by the flags of the default validator of problem packages.

It is called with `input answer feedback/ [flags]`, and reads the output from standard input. Ends with 42 where the output
is right, 43 where it is not; then it prints why.
"""
import math
import re
import sys

flags = sys.argv[4:]


def number_after(name):
    return float(flags[flags.index(name) + 1]) if name in flags else None


both = number_after("float_tolerance")
absolute = both if number_after("float_absolute_tolerance") is None else number_after("float_absolute_tolerance")
relative = both if number_after("float_relative_tolerance") is None else number_after("float_relative_tolerance")
decimal = re.compile(rb"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")


def wrong(message):
    print(message)
    sys.exit(43)


def is_same(wanted, given):
    if "case_sensitive" not in flags:
        wanted, given = wanted.lower(), given.lower()
    if wanted == given:
        return True
    if absolute is None and relative is None:
        return False
    if not decimal.fullmatch(wanted) or not decimal.fullmatch(given):
        return False
    expected, actual = float(wanted), float(given)
    if not math.isfinite(expected) or not math.isfinite(actual):
        return expected == actual
    off = abs(expected - actual)
    return (absolute is not None and off <= absolute) or (relative is not None and off <= relative * abs(expected))


def parts(text):
    return re.findall(rb"\s|[^\s]+", text) if "space_change_sensitive" in flags else text.split()


with open(sys.argv[2], "rb") as file:
    wanted = parts(file.read())
given = parts(sys.stdin.buffer.read())
for expected, actual in zip(wanted, given):
    if not is_same(expected, actual):
        wrong(f"{actual.decode(errors='replace')!r} is printed, and {expected.decode(errors='replace')!r} is expected.")
if len(given) < len(wanted):
    wrong("The output ends too early.")
if len(given) > len(wanted):
    wrong("There is more output than expected.")
sys.exit(42)
