"""Two partners who do as they please, each from what they saw last, beside strangers: what holds after every step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import unescape

from django.db import transaction
from django.test import Client
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from nearer.accounts import api as accounts
from nearer.accounts.models import Client as Person
from nearer.care.models import Booking, Couple
from nearer.care.operations import booking as single
from nearer.care.operations.couples import agreeing, asking, joining, leaving
from nearer.care.operations.holding import hold
from nearer.care.queries.couples.refusals import CoupleRefused
from nearer.care.rules.answers import ME, MUST, US, Answers, Wish
from nearer.care.rules.couples import ENDED, READY, SAID, WAITING, day_of
from nearer.care.rules.tokens import seal_booking
from nearer.care.tests.builders import findable
from nearer.directory.api import NotEligible
from nearer.directory.models import Therapist
from nearer.directory.tests.builders import a_network, a_plan
from nearer.foundation import clock
from nearer.foundation.timerange import TimeRange
from nearer.matching.tests.builders import someone_free
from nearer.outbox.models import Message
from nearer.scheduling import api as scheduling
from nearer.scheduling.models import Appointment, Attendance

SITE = "http://testserver"
LIVE = ("held", "confirmed")
SESSION = timedelta(minutes=60)
REFUSED = (CoupleRefused, scheduling.Refused, NotEligible)

#: What is one partner's own; none of it may be on a page, in an address or in a message of the other.
MARKS = {
    1: ("Alexandra", "alex@first.example", "5550134", "Harbor Silver", "Massachusetts", "Spanish", "MA0001"),
    2: ("Samira", "sam@second.example", "5550111", "Second Gold", "New York", "Grief", "NY0002"),
}
ZONES = {1: "America/New_York", 2: "America/New_York"}


@dataclass(frozen=True)
class Stage:
    """A couple of whom the second is about to answer; two therapists who fit both, and one who sees people alone."""

    couple_id: int
    bookings: dict[int, int]
    clients: dict[int, int]
    for_two: tuple[Therapist, ...]
    alone: Therapist


def a_stage() -> Stage:
    """Write the couple, as their pages would have."""
    network = a_network(name="Blue Harbor")
    mine, theirs = a_plan(networks=[network], name="Harbor Silver"), a_plan(name="Second Gold", jurisdictions=["NY"])
    facts = {
        "services": ["couples"],
        "licensed_in": ["MA", "NY"],
        "networks": [network],
        "traits": {"language": ["es"], "concern": ["grief"]},
    }
    for_two = tuple(someone_free(**facts) for _ in range(2))
    alone = someone_free(licensed_in=["MA", "NY"])
    findable()
    now = clock.now()
    first = hold(
        answers=answers_of(1, mine.pk),
        npi=for_two[0].npi,
        service="couples",
        modality="telehealth",
        start=times_of(for_two[0])[0].start,
        key="first",
        language="en",
        now=now,
    )
    one = registered("Alexandra Mine", MARKS[1][1], "+16175550134")
    Booking.objects.filter(pk=first).update(client_id=one)
    row = Booking.objects.get(pk=first)
    row.member_id = MARKS[1][-1]
    row.save()
    asking.say_alone(booking_id=first, answer="unsure", may_read=True, now=now)
    start = scheduling.appointment(row.appointment_id).session.start
    asking.ask(booking_id=first, start=start, email=MARKS[2][1], billed=1, site=SITE, now=now)
    couple = Couple.objects.get()
    second = joining.join(
        couple_id=couple.pk,
        part=couple.invitation,
        answers=answers_of(2, theirs.pk),
        registration=a_registration("Samira Theirs", MARKS[2][1], "+15035550111"),
        member_id=MARKS[2][-1],
        now=now,
    )
    two = Booking.objects.get(pk=second).client_id
    assert two is not None
    Person.objects.filter(pk=two).update(email_verified_at=now)
    Couple.objects.update(invitation="")
    asking.say_alone(booking_id=second, answer="yes", may_read=False, now=now)
    return Stage(couple.pk, {1: first, 2: second}, {1: one, 2: two}, for_two, alone)


def answers_of(place: int, plan_id: int) -> Answers:
    """Return what one of the two asked for: each a must of their own, in a state of their own."""
    state, wish = {1: ("MA", Wish("language", ("es",), MUST)), 2: ("NY", Wish("concern", ("grief",), MUST))}[place]
    return Answers(
        who=US,
        jurisdiction=state,
        zone=ZONES[place],
        seed=7,
        complete=True,
        plan_id=plan_id,
        partner_jurisdiction=state if place == 1 else None,
        wishes=(wish,),
    )


def a_registration(name: str, email: str, phone: str) -> accounts.Registration:
    return accounts.Registration(
        legal_name=name,
        preferred_name=name.split(maxsplit=1)[0],
        birth_date=date(1990, 5, 17),
        email=email,
        phone=phone,
        safe_to_reach=("email", "text"),
        language="en",
        time_zone="America/New_York",
        consents=("service", "health_data", "sharing", "telehealth"),
    )


def registered(name: str, email: str, phone: str) -> int:
    """Register someone as if they had proven their address."""
    client_id = accounts.register(registration=a_registration(name, email, phone), now=clock.now())
    Person.objects.filter(pk=client_id).update(email_verified_at=clock.now())
    return client_id


def times_of(therapist: Therapist) -> Sequence[TimeRange]:
    """Return this therapist's free times of the next week, where nobody may have any."""
    now = clock.now()
    window = TimeRange.lasting(now, timedelta(days=7))
    asks = {therapist.pk: SESSION}
    return scheduling.openings(asks, window=window, client_zone=ZONES[1], now=now)[therapist.pk]


class TwoPartners(RuleBasedStateMachine):
    """Begins at a stage and ends with it put back: so that a thousand runs are one preparation."""

    stage: Stage

    def __init__(self) -> None:
        super().__init__()
        self.block = transaction.atomic()
        self.block._from_testcase = True  # type: ignore[attr-defined] # durable steps may be taken inside
        self.block.__enter__()
        self.seen = dict.fromkeys((1, 2), self.appointment_id())
        self.browsers = {1: Client(), 2: Client()}
        self.count = 0

    def teardown(self) -> None:
        self.look(1)
        self.look(2)
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    # what they do

    @rule(place=st.sampled_from([1, 2]))
    def look(self, place: int) -> None:
        """Look at one's page, and act from then on by what it shows."""
        self.seen[place] = self.appointment_id()
        self.read(place, "")

    @rule(place=st.sampled_from([1, 2]), page=st.sampled_from(["times/", "leave/", "alone/", "appointment.ics"]))
    def browse(self, place: int, page: str) -> None:
        self.read(place, page)

    @rule(place=st.sampled_from([1, 2]))
    def accept(self, place: int) -> None:
        self.tried(
            agreeing.accept,
            booking_id=self.stage.bookings[place],
            appointment_id=self.seen[place],
            site=SITE,
            now=clock.now(),
        )

    @rule(place=st.sampled_from([1, 2]), who=st.sampled_from([0, 1]), which=st.integers(0, 30))
    def propose(self, place: int, who: int, which: int) -> None:
        therapist = self.stage.for_two[who]
        free = times_of(therapist)
        if not free:  # strangers took as many times as the therapist gives to new clients
            return
        self.tried(
            agreeing.propose,
            booking_id=self.stage.bookings[place],
            npi=therapist.npi,
            modality="telehealth",
            start=free[which % len(free)].start,
            site=SITE,
            now=clock.now(),
        )

    @rule(place=st.sampled_from([1, 2]))
    def leave(self, place: int) -> None:
        self.tried(leaving.leave, booking_id=self.stage.bookings[place], site=SITE, now=clock.now())

    @rule(place=st.sampled_from([1, 2]))
    def cancel(self, place: int) -> None:
        self.tried(single.cancel, booking_id=self.stage.bookings[place], site=SITE, now=clock.now())

    @rule(place=st.sampled_from([1, 2]), answer=st.sampled_from(SAID), may_read=st.booleans())
    def speak(self, place: int, answer: str, may_read: bool) -> None:
        asking.say_alone(booking_id=self.stage.bookings[place], answer=answer, may_read=may_read, now=clock.now())

    @rule()
    def wait_too_long(self) -> None:
        """Let the other's time to answer run out, and the worker pass by."""
        past = clock.now() - timedelta(seconds=1)
        Couple.objects.filter(status=WAITING).update(waits_until=past)
        Appointment.objects.filter(pk=self.appointment_id(), status="held").update(hold_expires_at=past)
        leaving.end_waiting(site=SITE, now=clock.now())

    @rule(who=st.sampled_from([0, 1]), which=st.integers(0, 30))
    def a_stranger_takes_a_time(self, who: int, which: int) -> None:
        if times_of(self.stage.for_two[who]):
            self.hold_for_one(self.stage.for_two[who], "couples", which)

    @rule(place=st.sampled_from([1, 2]), which=st.integers(0, 30))
    def book_alone(self, place: int, which: int) -> None:
        """Take a time of one's own, perhaps on the same day, perhaps at the same hour."""
        if not times_of(self.stage.alone):
            return
        booking_id = self.hold_for_one(self.stage.alone, "individual", which)
        Booking.objects.filter(pk=booking_id).update(client_id=self.stage.clients[place])
        start = scheduling.appointment(Booking.objects.get(pk=booking_id).appointment_id).session.start
        self.tried(single.confirm, booking_id=booking_id, start=start, site=SITE, now=clock.now())

    # what holds

    @invariant()
    def no_hold_is_left_behind(self) -> None:
        """Whatever is held or confirmed for the couple is what both bookings are about, and only while they wait."""
        rows = list(Booking.objects.filter(couple_id=self.stage.couple_id).order_by("place"))
        assert [row.place for row in rows] == [1, 2]
        assert len({row.appointment_id for row in rows}) == 1
        status = Appointment.objects.get(pk=rows[0].appointment_id).status
        couple = Couple.objects.get(pk=self.stage.couple_id)
        assert (couple.status, status) in {
            (WAITING, "held"),
            (READY, "confirmed"),
            (READY, "cancelled"),
            (ENDED, "released"),
        }
        theirs = Attendance.objects.filter(client_id__in=self.stage.clients.values(), status__in=LIVE)
        live = set(theirs.filter(appointment__service="couples").values_list("appointment_id", flat=True))
        assert live <= {rows[0].appointment_id}
        strangers = Booking.objects.filter(couple_id__isnull=True).values("appointment_id")
        assert (
            Appointment.objects.filter(status__in=LIVE)
            .exclude(pk__in=strangers)
            .exclude(pk=rows[0].appointment_id)
            .count()
            == 0
        )

    @invariant()
    def nobody_is_in_two_places(self) -> None:
        for model, who in ((Appointment, "therapist_id"), (Attendance, "client_id")):
            taken = model.objects.filter(status__in=LIVE).values_list(who, "session")
            ranges = [(each, when.lower, when.upper) for each, when in taken]
            for number, (each, start, end) in enumerate(ranges):
                assert not any(
                    each == other and start < late and early < end for other, early, late in ranges[number + 1 :]
                )

    @invariant()
    def who_is_ready_both_come(self) -> None:
        couple = Couple.objects.get(pk=self.stage.couple_id)
        coming = Attendance.objects.filter(appointment_id=self.appointment_id(), status="confirmed")
        if couple.status == READY and Appointment.objects.get(pk=self.appointment_id()).status == "confirmed":
            assert set(coming.values_list("client_id", flat=True)) == set(self.stage.clients.values())
        else:
            assert not coming.exists()

    @invariant()
    def nobody_has_both_kinds_on_one_day(self) -> None:
        """A plan pays one client for one kind a day; what is only held for the other to agree to counts already."""
        for client_id in self.stage.clients.values():
            agreed = Attendance.objects.filter(client_id=client_id, status="confirmed").select_related("appointment")
            days: dict[bool, set[date]] = {True: set(), False: set()}
            for each in agreed:
                days[each.appointment.service == "couples"].add(day_of(each.session.lower, ZONES[1]))
            assert days[True].isdisjoint(days[False])

    @invariant()
    def no_message_tells_one_of_the_other(self) -> None:
        fresh = list(Message.objects.order_by("created_at"))[self.count :]
        self.count += len(fresh)
        for message in fresh:
            text = f"{message.subject} {message.body} {message.calendar}"
            for place in (1, 2):
                if message.to == MARKS[place][1]:
                    assert not leaked(text, place)

    # by which means

    def appointment_id(self) -> int:
        return Booking.objects.get(pk=self.stage.bookings[1]).appointment_id

    def read(self, place: int, page: str) -> None:
        token = seal_booking(self.stage.bookings[place], clock.now() + timedelta(days=30))
        response = self.browsers[place].get(f"/booking/{token}/{page}", follow=True)
        assert response.status_code < 400, response.content
        assert not leaked(unescape(response.content.decode()), place)

    def hold_for_one(self, therapist: Therapist, service: str, which: int) -> int:
        free = times_of(therapist)
        answers = Answers(who=ME if service == "individual" else US, jurisdiction="MA", zone=ZONES[1], seed=1)
        return hold(
            answers=answers,
            npi=therapist.npi,
            service=service,
            modality="telehealth",
            start=free[which % len(free)].start,
            key=f"another {Appointment.objects.count()}",
            language="en",
            now=clock.now(),
        )

    def tried(self, operation: Callable[..., None], **what: object) -> None:
        """Do it; a refusal must say a sentence that tells nothing of the other, and leave everything as it was."""
        said = ""
        try:
            operation(**what)
        except REFUSED as error:
            said = str(error)
        assert not said or said.endswith(".")
        assert not any(leaked(said, place) for place in (1, 2))


def leaked(text: str, place: int) -> list[str]:
    """Return what of the other one is in this text."""
    return [mark for mark in MARKS[3 - place] if mark in text]
