"""Who is there: therapists and the dated facts about them, payers, plans and networks."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nearer.directory import vocabulary


def _choices(words: vocabulary.Vocabulary) -> list[tuple[str, object]]:
    return list(words.items())


class Fact(models.Model):
    """A statement with its provenance: who said it, under which id, when it was checked, until when it holds.

    Facts of a therapist need no index on `therapist` alone: the one of their unique constraint begins with it.
    """

    source = models.CharField(max_length=60)
    source_id = models.CharField(max_length=200)
    verified_on = models.DateField()
    expires_on = models.DateField()

    class Meta:
        abstract = True


class Therapist(models.Model):
    """A licensed person, identified by NPI. `version` rises with every change to them or to a fact about them."""

    npi = models.CharField(max_length=10, unique=True)
    given_name = models.CharField(max_length=80)
    family_name = models.CharField(max_length=80)
    credentials = models.CharField(max_length=60, blank=True)
    pronouns = models.CharField(max_length=40, blank=True)
    about = models.TextField(blank=True)
    time_zone = models.CharField(max_length=40)
    accepting = models.BooleanField(default=False)
    couples_training = models.CharField(max_length=200, blank=True)
    is_demonstration = models.BooleanField(default=False)
    source = models.CharField(max_length=60)
    source_id = models.CharField(max_length=200)
    verified_on = models.DateField()
    expires_on = models.DateField()
    removed_on = models.DateField(null=True, blank=True)
    version = models.BigIntegerField(default=0, db_index=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(npi__regex=r"^[0-9]{10}$"), name="an_npi_is_ten_digits"),
            models.CheckConstraint(
                condition=Q(expires_on__gte=F("verified_on")), name="a_therapist_expires_after_being_verified"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.given_name} {self.family_name}"


class Licence(Fact):
    """The right to practise in one jurisdiction, a compact privilege included."""

    class Status(models.TextChoices):
        ACTIVE = "active", _("active")
        EXPIRED = "expired", _("expired")
        SUSPENDED = "suspended", _("suspended")
        UNVERIFIED = "unverified", _("not verified")

    therapist = models.ForeignKey(Therapist, models.CASCADE, related_name="licences", db_index=False)
    jurisdiction = models.CharField(max_length=2)
    kind = models.CharField(max_length=40, choices=_choices(vocabulary.LICENCES))
    number = models.CharField(max_length=60)
    status = models.CharField(max_length=12, choices=Status.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["therapist", "jurisdiction", "kind", "number"], name="one_row_per_licence"),
            models.CheckConstraint(
                condition=Q(jurisdiction__in=list(vocabulary.JURISDICTIONS)), name="a_licence_has_a_jurisdiction"
            ),
            models.CheckConstraint(
                condition=Q(expires_on__gte=F("verified_on")), name="a_licence_expires_after_being_verified"
            ),
        ]


class Location(Fact):
    """A place where a therapist sees people."""

    therapist = models.ForeignKey(Therapist, models.CASCADE, related_name="locations", db_index=False)
    name = models.CharField(max_length=120, blank=True)
    street = models.CharField(max_length=200, blank=True)
    city = models.CharField(max_length=80)
    jurisdiction = models.CharField(max_length=2)
    postal_code = models.CharField(max_length=10)
    phone = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["therapist", "street", "city", "jurisdiction", "postal_code"], name="one_row_per_place"
            ),
            models.CheckConstraint(
                condition=Q(jurisdiction__in=list(vocabulary.JURISDICTIONS)), name="a_place_has_a_jurisdiction"
            ),
        ]


class Service(Fact):
    """What a therapist offers: to whom, for how long, how, and at which fee without insurance."""

    therapist = models.ForeignKey(Therapist, models.CASCADE, related_name="services", db_index=False)
    kind = models.CharField(max_length=12, choices=_choices(vocabulary.SERVICES))
    intake_minutes = models.PositiveSmallIntegerField(default=60)
    session_minutes = models.PositiveSmallIntegerField(default=50)
    ages = ArrayField(models.CharField(max_length=8))
    telehealth = models.BooleanField(default=True)
    in_person = models.BooleanField(default=False)
    intake_fee_cents = models.PositiveIntegerField(null=True, blank=True)
    session_fee_cents = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["therapist", "kind"], name="one_row_per_service"),
            models.CheckConstraint(
                condition=Q(telehealth=True) | Q(in_person=True), name="a_service_is_offered_somehow"
            ),
            models.CheckConstraint(
                condition=Q(intake_minutes__range=(15, 240), session_minutes__range=(15, 240)),
                name="a_session_lasts_a_quarter_to_four_hours",
            ),
            models.CheckConstraint(
                condition=Q(ages__contained_by=list(vocabulary.AGE_BANDS), ages__len__gte=1),
                name="a_service_is_for_some_age",
            ),
        ]


class Trait(Fact):
    """One thing a therapist states: a concern, an approach, a style, a language or an identity."""

    therapist = models.ForeignKey(Therapist, models.CASCADE, related_name="traits", db_index=False)
    kind = models.CharField(max_length=10)
    code = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["therapist", "kind", "code"], name="one_row_per_trait"),
            models.CheckConstraint(condition=Q(kind__in=list(vocabulary.TRAITS)), name="a_trait_is_of_a_known_kind"),
        ]


class Payer(models.Model):
    """An insurer, a programme or anyone else who pays for care."""

    code = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=160)


class Network(Fact):
    """A panel of therapists that a payer keeps; a carve-out is a network of another payer than the plan's."""

    payer = models.ForeignKey(Payer, models.CASCADE, related_name="networks")
    code = models.SlugField(max_length=120)
    name = models.CharField(max_length=160)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["payer", "code"], name="one_row_per_network")]


class Plan(Fact):
    """The product on the card. It pays for one or more networks, in some jurisdictions, on some dates."""

    payer = models.ForeignKey(Payer, models.CASCADE, related_name="plans")
    code = models.SlugField(max_length=120)
    name = models.CharField(max_length=200)
    jurisdictions = ArrayField(models.CharField(max_length=2))
    networks = models.ManyToManyField(Network, related_name="plans", through="PlanNetwork")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["payer", "code"], name="one_row_per_plan"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="a_plan_ends_after_it_starts"
            ),
        ]
        indexes = [GinIndex(fields=["jurisdictions"], name="plans_by_jurisdiction")]


class PlanNetwork(models.Model):
    """A network that a plan pays for."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="plan_networks")
    network = models.ForeignKey(Network, models.CASCADE, related_name="plan_networks")
    tier = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "network"], name="a_plan_pays_for_a_network_once")]


class Contract(Fact):
    """A therapist is in a network, in one jurisdiction, from one day to another."""

    therapist = models.ForeignKey(Therapist, models.CASCADE, related_name="contracts", db_index=False)
    network = models.ForeignKey(Network, models.CASCADE, related_name="contracts")
    jurisdiction = models.CharField(max_length=2)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["therapist", "network", "jurisdiction", "starts_on"], name="one_row_per_contract"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="a_contract_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(jurisdiction__in=list(vocabulary.JURISDICTIONS)), name="a_contract_has_a_jurisdiction"
            ),
        ]
