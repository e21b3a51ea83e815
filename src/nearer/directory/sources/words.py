"""Names, credentials, postal codes, phone numbers and days, from the ways in which they are written."""

from __future__ import annotations

import re
from datetime import date, datetime

import phonenumbers
from django.utils.translation import gettext as _

from nearer.directory.sources.faults import RowRefused

EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)
_WORD = re.compile(r"[^\W_]+")
_ORDINAL = re.compile(r"\d+(ST|ND|RD|TH)", re.IGNORECASE)
_ROMAN = {"II", "III", "IV"}
#: Credentials that are not simply written in capitals.
_MIXED = {
    "PHD": "PhD", "PSYD": "PsyD", "EDD": "EdD", "MED": "MEd", "DMIN": "DMin", "EDM": "EdM", "MDIV": "MDiv",
    "EDS": "EdS", "LCPSYCH": "LP", "PHARMD": "PharmD", "DR": "", "SCD": "ScD", "NONE": "",
}  # fmt: skip
#: Letters of one credential that were set apart: "L I C S W", then "PH D" and "M ED".
_LETTERS = re.compile(r"\b[A-Z](?: [A-Z])+\b")
_PARTS = re.compile(r"\b(PH|PSY|ED|SC|M|D) (D|ED|DIV|SW|MIN)\b")
DIGITS = re.compile(r"\D")
_DAY_FORMATS = ("%m/%d/%Y", "%Y-%m-%d")


def name(text: str) -> str:
    """Return a name in sensible case if it was written in capitals or in small letters alone; else as it is.

    Names that are both (MacDonald, de la Cruz) can't be told from capitals; Mc and O' can.
    """
    plain = " ".join(text.split())
    if not (plain.isupper() or plain.islower()):
        return plain
    cased = _WORD.sub(lambda found: _cased(found.group()), plain)
    return re.sub(r"(?<=\w)'S\b", "'s", cased)


def _cased(word: str) -> str:
    if word[0].isdigit():
        return word.lower() if _ORDINAL.fullmatch(word) else word.upper()
    if word.upper() in _ROMAN:
        return word.upper()
    if word.upper().startswith("MC") and len(word) > 3:  # noqa: PLR2004 (Mc alone is a name)
        return f"Mc{word[2:].capitalize()}"
    return word.capitalize()


def credentials(text: str) -> str:
    """Return credentials one way: "PH.D., M.ED" and "PHD / MED" become "PhD, MEd"."""
    plain = " ".join(text.upper().replace(".", " ").split())
    plain = _LETTERS.sub(lambda found: found.group().replace(" ", ""), plain)
    plain = _PARTS.sub(r"\1\2", plain)
    parts = [part.strip() for part in re.split(r"[,;/&]|\s+", plain) if part.strip(" -")]
    return ", ".join(dict.fromkeys(filter(None, (_MIXED.get(part, part) for part in parts))))[:60]


def postal_code(text: str) -> str:
    """Return a ZIP code as five digits, or five and four. Zeros at its start are kept, never put back.

    :raises RowRefused: it has lost a digit, or never had them.
    """
    digits = DIGITS.sub("", text)
    if len(digits) == 5:  # noqa: PLR2004
        return digits
    if len(digits) == 9:  # noqa: PLR2004
        return f"{digits[:5]}-{digits[5:]}" if digits[5:] != "0000" else digits[:5]
    if len(digits) in (4, 8):
        sentence = _("The postal code {code} has lost its leading zero. Format the column as text and write 0{code}.")
        raise RowRefused(sentence.format(code=text.strip()))
    raise RowRefused(_("The postal code “{code}” is not one of five or nine digits.").format(code=text[:20]))


def phone(text: str) -> str:
    """Return a US phone number in international form (+12025550123); empty if it is none."""
    try:
        number = phonenumbers.parse(text, "US")
    except phonenumbers.NumberParseException:
        return ""
    valid = phonenumbers.is_valid_number(number)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) if valid else ""


def day(text: str, column: str) -> date | None:
    """Return a day written as 12/31/2026 or 2026-12-31; None for an empty cell.

    :raises RowRefused: it is no day, or one of another century.
    """
    if not text:
        return None
    for written in _DAY_FORMATS:
        try:
            found = datetime.strptime(text.removesuffix(" 00:00:00"), written).date()  # noqa: DTZ007 (a day, no instant)
        except ValueError:
            continue
        if EARLIEST <= found <= LATEST:
            return found
    raise RowRefused(_("“{text}” in {column} is not a date like 2026-12-31.").format(text=text[:40], column=column))
