"""Cron expressions of EventBridge Scheduler, as far as the tests need them: fields of numbers with `,` `-` `*` `/`, and `L` as day of month.

Written apart from the schedule engine of the library, so that each can find a fault in the other.
"""

import calendar
import datetime
import zoneinfo

BOUNDS = ((0, 59), (0, 23), (1, 31), (1, 12), None, (1970, 2199))


class Cron:
    def __init__(self, expression, time_zone):
        if not (expression.startswith("cron(") and expression.endswith(")")):
            raise ValueError(f"only cron expressions are emulated, got {expression}")
        fields = expression[5:-1].split()
        if len(fields) != 6 or fields[4] != "?":
            raise ValueError(f"a cron expression has six fields, of which the day of week is ? here, got {expression}")
        self._last_day = fields[2] == "L"
        self._fields = [None if bounds is None or field == "L" else _values(field, *bounds) for field, bounds in zip(fields, BOUNDS)]
        self._zone = zoneinfo.ZoneInfo(time_zone)

    def matches(self, instant):
        """Whether the schedule is due in the minute that begins at an instant of UTC."""
        minutes, hours, days, months, _, years = self._fields
        if instant.minute not in minutes and self._zone.key == "UTC":
            return False
        local = instant.astimezone(self._zone)
        if local.minute not in minutes or local.hour not in hours or local.month not in months or local.year not in years:
            return False
        # User Guide, schedule-types: "When time shifts back in the Fall, your schedule runs only once"
        if local.fold:
            return False
        return local.day == calendar.monthrange(local.year, local.month)[1] if self._last_day else local.day in days


def _values(field, least, most):
    found = set()
    for part in field.split(","):
        span, _, step = part.partition("/")
        first, _, last = (str(least), "", str(most)) if span == "*" else span.partition("-")
        first, last = int(first), int(last or (most if step else first))
        if not (least <= first <= last <= most):
            raise ValueError(f"{part} is not within {least} and {most}")
        found.update(range(first, last + 1, int(step or 1)))
    return found


def minutes(start, end):
    """The minutes from an instant on and before another one."""
    while start < end:
        yield start
        start += datetime.timedelta(minutes=1)
