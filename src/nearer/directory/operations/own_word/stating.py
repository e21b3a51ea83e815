"""What a therapist says of themselves and their work: it counts at once, and for ninety days."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from nearer.directory.models import Location, Service, Trait
from nearer.directory.operations.own_word.rows import day_of, locked, note, own_provenance, readmit, withdraw
from nearer.directory.policies.own_word import check_offer, check_place, check_traits, not_yours
from nearer.directory.records import Offer, OwnWords, Place
from nearer.directory.rules.own_word import THERAPIST, renewed


@transaction.atomic
def describe(*, therapist_id: int, words: OwnWords, now: datetime) -> None:
    """Replace what a therapist says of themselves. Saying it is also saying that they are still here.

    :raises NotYours: there is no such therapist.
    """
    row, today = locked(therapist_id), day_of(now)
    for name, said in asdict(words).items():
        setattr(row, name, said.strip() if isinstance(said, str) else said)
    row.source, row.source_id, row.verified_on = THERAPIST, str(therapist_id), today
    row.expires_on = renewed(row.expires_on, today)
    row.save(update_fields=[*asdict(words), "source", "source_id", "verified_on", "expires_on"])
    note(therapist_id, "changed own profile")


@transaction.atomic
def state_traits(*, therapist_id: int, traits: Mapping[str, Collection[str]], now: datetime) -> None:
    """Make each given kind of trait exactly these codes; kinds that are not given stay.

    :raises StatementWrong: a code that we have no word for, or no language at all.
    :raises NotYours: there is no such therapist.
    """
    for kind, codes in traits.items():
        check_traits(kind, codes)
    locked(therapist_id)
    today = day_of(now)
    wanted = {(kind, code) for kind, codes in traits.items() for code in codes}
    held = {(row.kind, row.code): row for row in Trait.objects.filter(therapist_id=therapist_id, kind__in=traits)}
    gone = held.keys() - wanted
    Trait.objects.filter(pk__in=[held[key].pk for key in gone]).delete()
    kept = [held[key].pk for key in wanted & held.keys()]
    Trait.objects.filter(pk__in=kept).update(**own_provenance(therapist_id, today))
    new = sorted(wanted - held.keys())
    said = own_provenance(therapist_id, today)
    Trait.objects.bulk_create(Trait(therapist_id=therapist_id, kind=kind, code=code, **said) for kind, code in new)
    withdraw(therapist_id, "traits", sorted(gone), today)
    readmit(therapist_id, "traits", new)
    note(therapist_id, "changed own traits", added=len(new), dropped=len(gone))


@transaction.atomic
def offer_service(*, therapist_id: int, offer: Offer, now: datetime) -> None:
    """Offer a service, or change how it is offered. Booked sessions stay as they were booked.

    :raises StatementWrong: it can't be offered like this.
    :raises NotYours: there is no such therapist.
    """
    row = locked(therapist_id)
    check_offer(offer, couples_training=row.couples_training)
    values = asdict(offer) | {"ages": list(offer.ages)}
    kind = values.pop("kind")
    said = own_provenance(therapist_id, day_of(now))
    Service.objects.update_or_create(therapist_id=therapist_id, kind=kind, defaults=values | said)
    readmit(therapist_id, "services", [(kind,)])
    note(therapist_id, "changed own service", service=kind)


@transaction.atomic
def withdraw_service(*, therapist_id: int, kind: str, now: datetime) -> None:
    """Stop offering a service. Booked sessions stay. Twice is once.

    :raises NotYours: there is no such therapist.
    """
    locked(therapist_id)
    gone, _ = Service.objects.filter(therapist_id=therapist_id, kind=kind).delete()
    if gone:
        withdraw(therapist_id, "services", [(kind,)], day_of(now))
        note(therapist_id, "withdrew own service", service=kind)


@transaction.atomic
def add_place(*, therapist_id: int, place: Place, now: datetime) -> int:
    """Say where one sees people, and return the place's id.

    :raises StatementWrong: something is missing.
    :raises NotYours: there is no such therapist.
    """
    check_place(place)
    locked(therapist_id)
    values = {name: text.strip() for name, text in asdict(place).items()}
    named = {name: values.pop(name) for name in ("street", "city", "jurisdiction", "postal_code")}
    said = own_provenance(therapist_id, day_of(now))
    row, _ = Location.objects.update_or_create(therapist_id=therapist_id, **named, defaults=values | said)
    readmit(therapist_id, "locations", [tuple(named.values())])
    note(therapist_id, "added own place")
    return row.pk


@transaction.atomic
def drop_place(*, therapist_id: int, place_id: int, now: datetime) -> Place:
    """Say that one sees nobody there any more, and return what the place was. Booked sessions keep their time.

    :raises NotYours: it is no place of this therapist's.
    """
    locked(therapist_id)
    row = Location.objects.filter(therapist_id=therapist_id, id=place_id).first()
    if row is None:
        raise not_yours()
    named = (row.street, row.city, row.jurisdiction, row.postal_code)
    was = Place(
        name=row.name,
        street=row.street,
        city=row.city,
        jurisdiction=row.jurisdiction,
        postal_code=row.postal_code,
        phone=row.phone,
    )
    row.delete()
    withdraw(therapist_id, "locations", [named], day_of(now))
    note(therapist_id, "dropped own place")
    return was
