"""Who may, and when: each refusal is one sentence for the person who reads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from nearer.foundation.fetching import Door, Unfetchable, check_address
from nearer.foundation.timerange import TimeRange
from nearer.scheduling.rules.appointment import AppointmentCard
from nearer.scheduling.rules.diary import SETTINGS, DiaryPages, WeeklyHours, full_weeks, is_full, is_paused, week_of
from nearer.scheduling.rules.openings import openings
from nearer.scheduling.rules.states import CONFIRMED, HELD, LIVE, RELEASED, may_become
from nearer.scheduling.rules.zones import MINUTE, MINUTES_A_DAY, floor_minute, is_zone, local_day

WEEKDAYS = range(7)
#: Calendars elsewhere that one therapist may connect.
MOST_CALENDARS = 5


class Refused(Exception):
    """This can't be done; the message says why, to the person who asked."""


class OpeningTaken(Refused):
    """The opening can't be had any more: taken, overlapped, outside the hours, or fought over for too long."""


class KeyUsed(OpeningTaken):
    """The key of this request already stands for another opening."""


class ClientBusy(OpeningTaken):
    """The client attends another appointment at that time."""


class NotTaking(Refused):
    """The therapist takes no new client now, or none in that week."""


class HoldExpired(Refused):
    """The opening was held for a while, and that is over."""


class NotAllowed(Refused):
    """The appointment is not in a state, or at a time, in which this may be done."""


class AppointmentUnknown(Exception):
    """There is no appointment with this id."""


def unknown() -> AppointmentUnknown:
    return AppointmentUnknown(_("There is no such appointment."))


def taken_sentence() -> str:
    return _("This time was just taken. Please choose another one.")


def not_taking_sentence() -> str:
    return _("This therapist is not taking new clients right now. Please choose someone else.")


def check_taking(pages: DiaryPages, session: TimeRange, *, now: datetime) -> None:
    """Refuse a new client whom the therapist's pause or limits keep out.

    :raises NotTaking: paused, caseload full, or the session's week (the therapist's own, from Monday) full.
    """
    if is_paused(pages, now) or is_full(pages, now):
        raise NotTaking(not_taking_sentence())
    full = full_weeks(pages)
    if full and week_of(local_day(floor_minute(session.start), pages.time_zone)) in full:
        raise NotTaking(
            _("This therapist can’t take another new client in that week. Please choose a time in another week.")
        )


def check_open(pages: DiaryPages, session: TimeRange, *, client_zone: str | None, now: datetime) -> None:
    """Refuse a session that is not among the openings that the diary has now.

    :raises OpeningTaken: it is taken, overlaps, or never was an opening.
    """
    minute = TimeRange.lasting(session.start, MINUTE)
    found = openings(pages, length=session.length, window=minute, client_zone=client_zone, now=now)
    if session not in found:
        raise OpeningTaken(taken_sentence())


def check_may_become(status: str, to: str, *, by: str | None = None) -> None:
    """Refuse a step that the table of states does not have.

    :raises NotAllowed: no such step from here, or not by this person.
    """
    if not may_become(status, to, by=by):
        raise NotAllowed(_("This appointment can no longer be changed that way. Please reload the page."))


def may_move(card: AppointmentCard, *, now: datetime) -> bool:
    return card.status == CONFIRMED and now < card.session.start


def hold_expired() -> HoldExpired:
    return HoldExpired(_("This time was held for you until now, and the hold is over. Please choose a time again."))


def key_used() -> KeyUsed:
    return KeyUsed(_("This page was already used to hold another time. Please start again from the openings."))


def check_may_wait(status: str) -> None:
    """Refuse to keep what is no hold.

    :raises HoldExpired: it was a hold, and was released.
    :raises NotAllowed: it is an appointment by now, or was one.
    """
    if status == RELEASED:
        raise hold_expired()
    if status != HELD:
        raise NotAllowed(_("This time is not held any more: it is an appointment, or it is over."))


def check_may_have_attendees(status: str) -> None:
    """Refuse to put someone down for an appointment that is over.

    :raises HoldExpired: it was a hold, and was released.
    :raises NotAllowed: it has ended in another way.
    """
    if status == RELEASED:
        raise hold_expired()
    if status not in LIVE:
        raise NotAllowed(_("This appointment is over, so nobody can be added to it."))


def check_may_move(card: AppointmentCard, *, now: datetime) -> None:
    if not may_move(card, now=now):
        raise NotAllowed(_("Only an appointment that is confirmed and has not begun can be moved."))


def may_cancel(card: AppointmentCard, *, now: datetime) -> bool:
    return card.status == CONFIRMED and now < card.session.start


def check_may_cancel(card: AppointmentCard, *, by: str, now: datetime) -> None:
    """Refuse to cancel what has begun or is over.

    :raises NotAllowed: with the sentence that says which.
    """
    check_may_become(card.status, "cancelled", by=by)
    if not may_cancel(card, now=now):
        raise NotAllowed(_("This appointment has already begun, so it can’t be cancelled here. Please call instead."))


def check_has_begun(card: AppointmentCard, *, now: datetime) -> None:
    if now < card.session.start:
        raise NotAllowed(_("This appointment has not begun yet."))


class HoursWrong(Refused):
    """These are no working hours."""


class NoDiary(Refused):
    """The therapist has no working hours to change."""


def no_diary() -> NoDiary:
    return NoDiary(_("Please enter weekly hours first."))


def check_hours(time_zone: str, hours: Sequence[WeeklyHours]) -> None:
    """Refuse a week that a diary can't hold.

    :raises HoursWrong: no such time zone or weekday, or hours that do not lie within one day.
    """
    if not is_zone(time_zone):
        raise HoursWrong(_("There is no time zone called %(zone)s.") % {"zone": time_zone})
    if any(each.weekday not in WEEKDAYS for each in hours):
        raise HoursWrong(_("A weekday is a number from 0 (Monday) to 6 (Sunday)."))
    check_minutes([(each.start_minute, each.end_minute) for each in hours])


def check_minutes(hours: Sequence[tuple[int, int]]) -> None:
    if not all(0 <= start < end <= MINUTES_A_DAY for start, end in hours):
        raise HoursWrong(_("Working hours must end after they start, on the same day."))


def check_settings(settings: Mapping[str, object]) -> None:
    """Refuse the name of a setting that diaries do not have.

    :raises HoursWrong: with the name.
    """
    for name in settings.keys() - SETTINGS:
        raise HoursWrong(_("A diary has no setting called %(name)s.") % {"name": name})


class CalendarRefused(Refused):
    """This is no address of a calendar that Nearer would ask for, or there are too many."""


class CalendarUnknown(Exception):
    """The therapist has no such calendar."""


class FeedUnknown(Exception):
    """No feed has this secret."""


def check_calendar_address(address: str, door: Door) -> None:
    """Refuse an address that can't be a calendar's.

    :raises CalendarRefused: with what to do about it.
    """
    try:
        check_address(address, door)
    except Unfetchable as error:
        raise CalendarRefused(_address_sentence(error.why)) from None


def _address_sentence(why: str) -> str:
    if why == "scheme":
        return _("The address must begin with https:// or webcal://. Copy it again from your calendar’s settings.")
    if why == "credentials":
        return _("Leave out the name and password. Ask your calendar for a secret address that needs none.")
    return _("This is not the address of a calendar on the internet. Copy it again from your calendar’s settings.")


def check_room_for_calendar(held: int) -> None:
    """Refuse one calendar too many.

    :raises CalendarRefused: with what to do about it.
    """
    if held >= MOST_CALENDARS:
        raise CalendarRefused(
            _("You can connect %(most)s calendars at most. Disconnect one that you no longer need.")
            % {"most": MOST_CALENDARS}
        )


def unknown_calendar() -> CalendarUnknown:
    return CalendarUnknown(_("There is no such calendar. It may be disconnected already."))


def connected_already() -> CalendarRefused:
    return CalendarRefused(_("This calendar is connected already."))
