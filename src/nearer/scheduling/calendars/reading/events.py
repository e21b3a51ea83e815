"""One event, as the calendar says it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from nearer.scheduling.calendars.reading.lines import Component, parts
from nearer.scheduling.calendars.reading.moments import Length, Moment, Reader, between, length
from nearer.scheduling.calendars.reading.wrong import NotUnderstood

#: Dates beyond this number, in all RDATE or EXDATE lines of an event, are no series that a person made.
MOST_DATES = 5000
_ONE_DAY = Length(1, timedelta(0))
_NO_TIME = Length(0, timedelta(0))


@dataclass(frozen=True, slots=True)
class Value:
    """A property's value and the two of its parameters that matter."""

    text: str
    tzid: str | None
    range: str


@dataclass(frozen=True, slots=True)
class Said:
    """An event in our words. `changes` is the start, in its series, of the one occurrence that it stands for."""

    uid: str
    sequence: int
    start: Moment
    length: Length
    is_busy: bool
    rules: tuple[str, ...] = ()
    further: tuple[Moment, ...] = ()
    spans: tuple[tuple[Moment, Length], ...] = ()
    left_out: tuple[Moment, ...] = ()
    changes: Moment | None = None
    and_future: bool = False

    @property
    def repeats(self) -> bool:
        return bool(self.rules or self.further or self.spans or self.left_out or self.changes)


def event(component: Component, reader: Reader) -> Said:
    """Return what a VEVENT says.

    :raises NotUnderstood: with the kind of trouble.
    """
    values = _values(component)
    if "DTSTART" not in values or "EXRULE" in values:
        raise NotUnderstood("rule" if "EXRULE" in values else "unreadable")
    start = _moment(values["DTSTART"][0], reader)
    changes = values.get("RECURRENCE-ID", [None])[0]
    rdates = list(_several(values.get("RDATE", [])))
    return Said(
        uid=_text(values, "UID"),
        sequence=int(text) if (text := _text(values, "SEQUENCE")).isdecimal() and len(text) < 10 else -1,  # noqa: PLR2004
        start=start,
        length=_length(values, start, reader),
        is_busy=_is_busy(values),
        rules=tuple(value.text for value in values.get("RRULE", ())),
        further=tuple(_moment(value, reader) for value in rdates if "/" not in value.text),
        spans=tuple(_span(value, reader) for value in rdates if "/" in value.text),
        left_out=tuple(_moment(value, reader) for value in _several(values.get("EXDATE", []))),
        changes=None if changes is None else _moment(changes, reader),
        and_future=changes is not None and changes.range == "THISANDFUTURE",
    )


def busy_times(component: Component, reader: Reader) -> Iterator[tuple[Moment, Length]]:
    """Return the times that a VFREEBUSY calls anything but free.

    :raises NotUnderstood: there is one that can't be read.
    """
    for line in component.lines:
        _, params, text = _parts(line)
        if params.get("FBTYPE", "BUSY").upper() != "FREE":
            for each in text.split(","):
                yield _span(Value(each, None, ""), reader)


def _is_busy(values: dict[str, list[Value]]) -> bool:
    return not (
        _text(values, "TRANSP").upper() == "TRANSPARENT"
        or _text(values, "STATUS").upper() == "CANCELLED"
        or _text(values, "X-MICROSOFT-CDO-BUSYSTATUS").upper() == "FREE"
    )


def _length(values: dict[str, list[Value]], start: Moment, reader: Reader) -> Length:
    if "DTEND" in values:
        return between(start, _moment(values["DTEND"][0], reader))
    if "DURATION" in values:
        return length(values["DURATION"][0].text)
    return _ONE_DAY if start.is_date else _NO_TIME


def _span(value: Value, reader: Reader) -> tuple[Moment, Length]:
    first, _, last = value.text.partition("/")
    start = reader.moment(first, value.tzid)
    is_length = last.strip().lstrip("+-").upper().startswith("P")
    return start, length(last) if is_length else between(start, reader.moment(last, value.tzid))


def _moment(value: Value, reader: Reader) -> Moment:
    return reader.moment(value.text, value.tzid)


def _several(values: list[Value]) -> Iterator[Value]:
    if sum(value.text.count(",") + 1 for value in values) > MOST_DATES:
        raise NotUnderstood("too_many")
    for value in values:
        yield from (Value(each, value.tzid, "") for each in value.text.split(",") if each.strip())


def _text(values: dict[str, list[Value]], name: str) -> str:
    return values[name][0].text.strip() if name in values else ""


def _values(component: Component) -> dict[str, list[Value]]:
    values: dict[str, list[Value]] = {}
    for line in component.lines:
        name, params, text = _parts(line)
        value = Value(text, params.get("TZID"), params.get("RANGE", "").upper())
        values.setdefault(name, []).append(value)
    return values


def _parts(line: str) -> tuple[str, dict[str, str], str]:
    try:
        return parts(line)
    except ValueError:
        raise NotUnderstood("unreadable") from None
