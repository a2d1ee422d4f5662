import pytest

from hours import is_open


@pytest.mark.parametrize("time, expected", [("23:00", True), ("01:59", True), ("02:00", False), ("12:00", False)])
def test_after_midnight(time, expected):
    """A shop that closes after midnight."""
    assert is_open("22:00-02:00", time) == expected


@pytest.mark.parametrize("time", ["00:00", "08:00", "23:59"])
def test_all_day(time):
    """A shop that never closes."""
    assert is_open("08:00-08:00", time) == True


@pytest.mark.parametrize("time", ["9:00", "24:00", "12:60", "12:00 ", "1200", "", "12:00:00", "\u0661\u0662:00"])
def test_what_is_no_time(time):
    """Texts that are no time."""
    with pytest.raises(ValueError):
        is_open("09:00-17:30", time)


@pytest.mark.parametrize("hours", ["09:00", "09:00 - 17:30", "09:00-", "-17:30", "09:00-17:30-18:00", ""])
def test_what_are_no_hours(hours):
    """Texts that are no hours."""
    with pytest.raises(ValueError):
        is_open(hours, "12:00")
