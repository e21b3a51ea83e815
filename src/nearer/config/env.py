"""Settings from the environment, each read once, each with its type and its sentence."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from nearer.config.failures import Exit, Failure


class SettingWrong(Failure):
    """A setting of this installation can't be what it is."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, Exit.SETTING)


def flag(name: str, *, default: bool = False) -> bool:
    return os.environ.get(name, str(default)).lower() in {"1", "true", "yes", "on"}


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default)


def number(name: str, default: int) -> int:
    given = text(name, str(default))
    if not given.isdecimal():
        raise SettingWrong(f"{name} must be a whole number and is “{given}”: correct it or leave it out.")
    return int(given)


def numbers(name: str, default: str) -> list[int]:
    """Return whole numbers between commas, from the largest; none at all is an empty list."""
    given = listing(name, default)
    if not all(each.isdecimal() and int(each) > 0 for each in given):
        raise SettingWrong(
            f"{name} must be whole numbers between commas, such as {default}, and is “{text(name)}”: "
            "correct it or leave it out."
        )
    return sorted({int(each) for each in given}, reverse=True)


def listing(name: str, default: str = "") -> list[str]:
    return [item.strip() for item in text(name, default).split(",") if item.strip()]


def home() -> Path:
    """Return the folder that holds this installation's data, keys and embedded database.

    `NEARER_HOME` where given; `var/` beside a checkout's Makefile; else the user's data folder.
    A server started as root keeps its data where the unprivileged database user can reach it.
    """
    given = os.environ.get("NEARER_HOME")
    if given:
        return Path(given).expanduser().resolve()
    checkout = Path(__file__).resolve().parents[3]
    if os.name == "posix" and os.geteuid() == 0:
        return Path("/var/lib/nearer")
    return checkout / "var" if (checkout / "Makefile").exists() else Path.home() / ".local/share/nearer"


def database(url: str) -> dict[str, Any]:
    """Return Django's database settings for a libpq URL or connection string.

    Raises `SettingWrong` when it is neither; its text may hold a password and is not repeated.
    """
    try:
        parts = conninfo_to_dict(url)
    except ProgrammingError as error:
        raise SettingWrong(
            "DATABASE_URL is not a connection string: write postgresql://user:password@host:5432/database."
        ) from error
    known = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_HEALTH_CHECKS": True,
        "CONN_MAX_AGE": 60,
        **{setting: str(parts.pop(part)) for part, setting in known.items() if parts.get(part)},
        # Only a statement that asks for it is prepared: see docs/decisions/0042.
        "OPTIONS": {"prepare_threshold": sys.maxsize, **parts},
    }
