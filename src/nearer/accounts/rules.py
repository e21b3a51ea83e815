"""Ages, telephone numbers, and the figures around codes."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date, datetime, timedelta

import phonenumbers

CODE_LASTS = timedelta(minutes=15)
CODE_ATTEMPTS = 5
CODES_AN_HOUR = 5
#: Who sends the same details again within this time pressed twice, and has a code.
CODE_IS_FRESH = timedelta(minutes=1)
OLDEST = 130

#: A code that signs somebody in is longer than one that proves an address: what lies behind it is not theirs alone.
SIGN_IN_DIGITS = 8
#: What browsers and systems call themselves, the telling one first: Edge calls itself Chrome, and Chrome Safari.
BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)
#: How long somebody who signed in may rest, and how long one sign-in lasts: within NIST SP 800-63B-4's hour and day.
IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
#: A session's last use is written down this often, so that reading a page is rarely a write.
NOTED_EVERY = timedelta(minutes=1)

#: The same bands as the directory's services, by age in whole years: code -> (from, up to and including).
AGE_BANDS: Mapping[str, tuple[int, int]] = {
    "child": (0, 12),
    "teen": (13, 17),
    "adult": (18, 64),
    "older": (65, OLDEST),
}


class PhoneNotUnderstood(Exception):
    """This is not a telephone number that can be called."""


def age(birth_date: date, on: date) -> int:
    """Return the age in whole years. Who is born on 29 February grows older on 1 March in common years."""
    return on.year - birth_date.year - ((on.month, on.day) < (birth_date.month, birth_date.day))


def age_band(birth_date: date, on: date) -> str:
    """Return the band that someone born on `birth_date` is in on the day `on`.

    :raises ValueError: nobody living has this birth date.
    """
    years = age(birth_date, on)
    for band, (youngest, oldest) in AGE_BANDS.items():
        if youngest <= years <= oldest:
            return band
    raise ValueError("this is not the birth date of a living person")


def is_over(*, began: datetime, seen: datetime, now: datetime) -> bool:
    """Tell whether a session that began and was last used then has ended by `now`; all aware, UTC."""
    return now - seen >= IDLE or now - began >= LONGEST


def device(user_agent: str) -> tuple[str, str]:
    """Return the browser and the system that a browser says it is; empty where it does not say."""
    browser = next((name for word, name in BROWSERS if word in user_agent), "")
    return browser, next((name for word, name in SYSTEMS if word in user_agent), "")


def new_code(digits: int = 6) -> str:
    """Return as many random digits."""
    return f"{secrets.randbelow(10**digits):0{digits}}"


def phone_number(text: str) -> str:
    """Return a telephone number as it is dialled from anywhere (E.164); without a country code it is American.

    :raises PhoneNotUnderstood: it can't be called.
    """
    try:
        number = phonenumbers.parse(text, "US")
    except phonenumbers.NumberParseException as error:
        raise PhoneNotUnderstood("this is not a telephone number") from error
    if not phonenumbers.is_possible_number(number):
        raise PhoneNotUnderstood("this is not a telephone number")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def same_mailbox(email: str) -> str:
    """Return an address so that the ways of writing the same mailbox are equal: no spaces around, no capitals."""
    return email.strip().casefold()
