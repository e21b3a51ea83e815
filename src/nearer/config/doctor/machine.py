"""What the machine has to offer."""

from __future__ import annotations

import os
import platform
import shutil
import stat
import sys
import zoneinfo
from pathlib import Path

from django.conf import settings

from nearer.config.doctor.findings import Finding, problem, warning, well

OLDEST_PYTHON = (3, 11)
LITTLE, TOO_LITTLE = 2_000_000_000, 300_000_000
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def python() -> Finding:
    found = platform.python_version()
    if sys.version_info < OLDEST_PYTHON:
        return problem(
            "python", f"Python is {found}.", "Install Python 3.11 or newer, remove .venv, then run make again."
        )
    return well("python", f"Python is {found}.")


def time_zones() -> Finding:
    try:
        zoneinfo.ZoneInfo("America/New_York")
    except zoneinfo.ZoneInfoNotFoundError:
        return problem("time zones", "The time zone data is missing.", "Install tzdata.")
    return well("time zones", "The time zone data is there.")


def disk() -> Finding:
    home = Path(settings.NEARER_HOME)
    free = shutil.disk_usage(home).free
    sentence = f"{home} has {free / 1_000_000_000:.1f} GB left."
    way_out = "Free some space, or set NEARER_HOME to a folder on another disk."
    if free < TOO_LITTLE:
        return problem("disk", sentence, way_out)
    return warning("disk", sentence, way_out) if free < LITTLE else well("disk", sentence)


def keys() -> Finding:
    path = Path(settings.NEARER_KEY_FILE)
    facts = path.stat()
    if facts.st_mode & (stat.S_IRWXG | stat.S_IRWXO) or facts.st_uid != os.geteuid():
        return problem("keys", f"Others can read {path}.", f"Run: chmod 600 {path}, as the user the site runs as.")
    return well("keys", f"{path} is readable by its owner alone. Keep a copy away from the database's backups.")


def browser() -> Finding:
    names = (os.environ.get("CHROMIUM", ""), *BROWSERS)
    found = next((program for name in names if name and (program := shutil.which(name))), None)
    if found is None:
        return problem("browser", "The browser tests have no Chromium.", "Run: sudo apt-get install chromium.")
    return well("browser", f"The browser tests use {found}.")


def contact() -> Finding:
    if settings.NEARER_CONTACT:
        return well("contact", f"The pages say whom to write to: {settings.NEARER_CONTACT}.")
    if settings.NEARER_DEMO:
        return well("contact", "A demonstration needs none.")
    return warning(
        "contact",
        "The pages on privacy and accessibility have no address to write to.",
        "Set NEARER_CONTACT to an e-mail address that somebody reads.",
    )


def https() -> Finding:
    if settings.NEARER_HTTPS:
        return well("https", "Pages are sealed on their way.")
    if settings.NEARER_DEMO:
        return well("https", "A demonstration needs none.")
    return warning(
        "https",
        "Pages are sent in the open.",
        "Put a web server with a certificate in front and set NEARER_HTTPS=1; docs/operating.md shows how.",
    )
