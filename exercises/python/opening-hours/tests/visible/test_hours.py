import pytest

from hours import is_open


@pytest.mark.parametrize(
    "time, expected", [("09:00", True), ("12:05", True), ("08:59", False), ("17:30", False), ("17:29", True)]
)
def test_a_day(time, expected):
    assert is_open("09:00-17:30", time) == expected


def test_no_time():
    with pytest.raises(ValueError):
        is_open("09:00-17:30", "noon")
