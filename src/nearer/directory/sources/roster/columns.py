"""The columns of a roster, said once: what the template, the reader and the documentation go by."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """A column's name, what to write in it, and an example."""

    name: str
    says: str
    example: str
    needed: bool = False


THERAPISTS = (
    Column("npi", "The National Provider Identifier: ten digits", "9555000014", needed=True),
    Column("given_name", "The name clients will read", "Rosa", needed=True),
    Column("family_name", "The name clients will read", "Rivera", needed=True),
    Column("credentials", "Titles after the name", "LICSW"),
    Column("pronouns", "As the therapist states them", "she/her"),
    Column("about", "A few sentences in the therapist's own words", "I like to go slowly at first."),
    Column(
        "time_zone", "Eastern, Central, Mountain, Pacific, or a name like America/New_York; else the state's", "Eastern"
    ),
    Column("accepting", "Takes new clients: yes or no", "yes"),
    Column(
        "licences",
        "State, title, number, and the day it expires; several with ; between them. PSYPACT counts as a title. "
        "Add expired, suspended or unverified if it is",
        "MA LICSW 123456 2027-06-30; NH LICSW 7788 2027-12-31",
    ),
    Column("services", "individual, couples, family", "individual; couples"),
    Column("ages", "child, teen, adult, older; adult if empty", "adult; older"),
    Column("video", "Sees people by video: yes or no; yes if empty", "yes"),
    Column("in_person", "Sees people at the place below: yes or no; yes if there is a place", "yes"),
    Column("intake_minutes", "How long the first session takes; 60 if empty", "60"),
    Column("session_minutes", "How long later sessions take; 50 if empty", "50"),
    Column("intake_fee", "What the first session costs without insurance, in dollars", "180"),
    Column("fee", "What later sessions cost without insurance, in dollars", "150"),
    Column("couples_training", "Training in couples therapy; without it no couple is sent", "EFT externship"),
    Column("languages", "Languages of the sessions", "English; Spanish"),
    Column("concerns", "What the therapist helps with", "closeness; trust; communication"),
    Column("approaches", "How the therapist works", "eft; attachment"),
    Column("styles", "What it is like to be with them", "gentle; structured"),
    Column("identities", "What the therapist chose to say of themselves", "woman; latino"),
    Column(
        "networks",
        "Payer/network, states (else all of the licences), and from..to; several with ; between them",
        "Harbor Mutual/Open Choice MA 2024-01-01..; Quiet Harbor/Core MA NH",
    ),
    Column("street", "The place where people are seen", "12 Main Street, Suite 3"),
    Column("city", "", "Boston"),
    Column("state", "", "MA"),
    Column("postal_code", "Five digits or nine. Format the column as text, or its leading zeros are lost", "02116"),
    Column("phone", "", "617-555-0123"),
    Column("street_2", "A second place", ""),
    Column("city_2", "", ""),
    Column("state_2", "", ""),
    Column("postal_code_2", "", ""),
    Column("phone_2", "", ""),
    Column("hours", "Weekly hours on the therapist's clock", "Mon-Thu 9:00-17:00; Sat 9am-1pm"),
    Column("weekly_new_clients", "How many new clients a week at most", "2"),
    Column("caseload_limit", "How many clients at most", "25"),
    Column("caseload_now", "How many of them are not booked here", "18"),
    Column("verified_on", "The day on which somebody last checked this row; today if empty", "2026-11-20"),
    Column("removed_on", "The day from which the therapist is no longer listed", ""),
)

PLANS = (
    Column("payer", "The insurer or programme, by one name throughout", "Harbor Mutual", needed=True),
    Column("plan", "The product as the card says it", "Open Choice PPO", needed=True),
    Column("states", "Where it is sold, or all", "MA; NH", needed=True),
    Column(
        "networks",
        "The networks it pays for; another payer's as payer/network",
        "Open Choice; Quiet Harbor/Core",
        needed=True,
    ),
    Column("starts_on", "The plan's first day; the first of January if empty", "2026-01-01"),
    Column("ends_on", "Its last day, if it has one", "2026-12-31"),
    Column("verified_on", "The day on which somebody last checked this row; today if empty", "2026-11-20"),
)

#: Names that people give to these columns.
ALIASES = {
    "licenses": "licences",
    "license": "licences",
    "licence": "licences",
    "first_name": "given_name",
    "last_name": "family_name",
    "zip": "postal_code",
    "zip_code": "postal_code",
    "zip_2": "postal_code_2",
    "telehealth": "video",
    "session_fee": "fee",
    "contracts": "networks",
    "timezone": "time_zone",
}


def plain(name: str) -> str:
    """Return a column's name as the roster knows it, from how somebody wrote it."""
    folded = "_".join(name.strip().casefold().split())
    return ALIASES.get(folded, folded)
