"""Works out the occurrences of maintenance windows with Python's own zoneinfo, by asking of each day whether one starts on it.

Reads {"zones": {windows id: IANA id}, "from": date, "to": date, "windows": [...]} and writes
{"version", "changes": {windows id: [[instant, offset in seconds], ...]}, "occurrences": [[...], ...]}.
Shares nothing with the engine but the wording of the contract.
"""

import json
import re
import sys
import zoneinfo
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

UTC = timezone.utc
DAY = timedelta(days=1)
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]  # as date.weekday()
ORDINALS = ["first", "second", "third", "fourth"]


def version():
    for folder in zoneinfo.TZPATH:
        table = Path(folder, "tzdata.zi")
        if table.exists():
            return table.read_text().splitlines()[0].removeprefix("# version ")
    try:
        import tzdata

        return tzdata.IANA_VERSION
    except ImportError:
        return "unknown"


def changes(zone, first, last):
    """The offset at the beginning and at each change of it, found by halving."""

    def offset(moment):
        return moment.astimezone(zone).utcoffset()

    step = 5 * DAY  # clocks have been changed and changed back within a week
    at = datetime.combine(first, datetime.min.time(), UTC)
    end = datetime.combine(last, datetime.min.time(), UTC)
    found = [[at, offset(at)]]
    while at < end:
        low, high = at, min(at + step, end)
        at = high
        if offset(low) == offset(high):
            continue
        while high - low > timedelta(seconds=1):
            middle = low + (high - low) // 2
            middle = middle.replace(microsecond=0)
            if offset(middle) == offset(low):
                low = middle
            else:
                high = middle
        found.append([high, offset(high)])
    return [[instant(when), int(delta.total_seconds())] for when, delta in found]


def matcher(text, start):
    """Whether a window starts on a day, by the words of the contract."""
    count, unit, rest = re.fullmatch(r"(\d*)\s*(day|week|month)s?\s*(.*)", text.strip().lower()).groups()
    every = int(count or 1)
    if unit == "day":
        return lambda day: (day - start).days % every == 0
    if unit == "week":
        asked = [WEEKDAYS.index(name.strip()) for name in rest.split(",")] if rest else [start.weekday()]

        def sunday(day):
            return day - DAY * ((day.weekday() + 1) % 7)

        return lambda day: day.weekday() in asked and (sunday(day) - sunday(start)).days // 7 % every == 0

    def in_month(day):
        months = (day.year - start.year) * 12 + day.month - start.month
        return months >= 0 and months % every == 0

    if rest.startswith("day"):
        numbers = [int(item.strip().removeprefix("day")) for item in rest.split(",")]
        return lambda day: day.day in numbers and in_month(day)
    ordinal, weekday, *offset = re.fullmatch(r"(\w+)\s+(\w+)(?:\s+offset\s*([+-]?\d+))?", rest).groups()
    moved = DAY * int(offset[0] or 0)

    def is_asked(day):
        if day.weekday() != WEEKDAYS.index(weekday):
            return False
        if ordinal == "last":
            return (day + 7 * DAY).month != day.month
        return (day.day - 1) // 7 == ORDINALS.index(ordinal)

    return lambda day: is_asked(day - moved) and in_month(day - moved)


def instant(moment):
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def local(moment, zone):
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M")


def wall(text):
    return datetime.strptime(text, "%Y-%m-%d %H:%M")


def occurrences(window, zone):
    start = wall(window["startDateTime"])
    hours, minutes = window["duration"].split(":")
    duration = timedelta(hours=int(hours), minutes=int(minutes))
    expiry = window.get("expirationDateTime")
    expires = wall(expiry).replace(tzinfo=zone).astimezone(UTC) if expiry else None
    begin = datetime.strptime(window["from"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    matches = matcher(window["recurEvery"], start.date())
    found = []
    day = max(start.date(), begin.date() - 2 * DAY)
    while len(found) < window["count"]:
        day += DAY
        if day.year > 2045:
            break
        today = day - DAY
        if not matches(today):
            continue
        asked = datetime.combine(today, start.time())
        opens = asked.replace(tzinfo=zone).astimezone(UTC)
        if expires is not None and opens >= expires:
            break
        if opens < begin:
            continue
        closes = opens + duration
        marks = []
        if opens.astimezone(zone).replace(tzinfo=None, fold=0) != asked:
            marks.append("gap")
        elif asked.replace(tzinfo=zone).utcoffset() != asked.replace(tzinfo=zone, fold=1).utcoffset():
            marks.append("overlap")
        hourly = [opens + timedelta(hours=hour) for hour in range(int(duration.total_seconds()) // 3600 + 1)]
        if len({moment.astimezone(zone).utcoffset() for moment in [*hourly, closes]}) > 1:
            marks.append("shift")
        found.append([instant(opens), instant(closes), local(opens, zone), local(closes, zone), *marks])
    return found


def main():
    asked = json.load(sys.stdin)
    first, last = date.fromisoformat(asked["from"]), date.fromisoformat(asked["to"])
    zones = {name: zoneinfo.ZoneInfo(iana) for name, iana in asked["zones"].items()}
    answer = {
        "version": version(),
        "changes": {name: changes(zone, first, last) for name, zone in zones.items()},
        "occurrences": [occurrences(window, zones[window["timeZone"]]) for window in asked["windows"]],
    }
    json.dump(answer, sys.stdout)


main()
