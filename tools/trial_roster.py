"""Writes a roster for trying Nearer out on a registry file: invented contracts and hours for real NPIs of one state.

For a trial on one's own machine alone: nobody named in it has agreed to anything.

    python -m tools.trial_roster REGISTRY.csv MA trial.csv
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

PRACTICE = "Provider Business Practice Location Address State Name"
TITLES = {"103": "PSYCHOLOGIST", "104": "LICSW", "106H": "LMFT", "101Y": "LMHC"}
MOST = 12
PAYER, NETWORK, PLAN = "Trial Mutual", "Trial Network", "Trial Plan PPO"


def title(row: dict[str, str]) -> str:
    """Return the licence title that the first taxonomy stands for, or nothing."""
    code = row["Healthcare Provider Taxonomy Code_1"]
    return next((words for prefix, words in TITLES.items() if code.startswith(prefix)), "")


def therapists(registry: Path, state: str, expires_on: date) -> Iterator[dict[str, str]]:
    """Yield a roster row for each therapist of the registry who practises in the state."""
    with registry.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row[PRACTICE] != state or not title(row):
                continue
            number = row["Provider License Number_1"].split()[-1:] or ["1"]
            yield {
                "npi": row["NPI"],
                "given_name": row["Provider First Name"].title(),
                "family_name": row["Provider Last Name (Legal Name)"].title(),
                "accepting": "yes",
                "licences": f"{state} {title(row)} {number[0]} {expires_on.isoformat()}",
                "services": "individual",
                "ages": "adult; older",
                "video": "yes",
                "languages": "English",
                "concerns": "closeness; trust",
                "networks": f"{PAYER}/{NETWORK} {state}",
                "hours": "Mon-Fri 9:00-17:00",
            }


def write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        sheet = csv.DictWriter(file, fieldnames=list(rows[0]))
        sheet.writeheader()
        sheet.writerows(rows)


def main(registry: Path, state: str, roster: Path, today: date) -> int:
    """Write the roster and, beside it, the sheet of plans; return how many therapists it names."""
    people = list(islice(therapists(registry, state, today + timedelta(days=365)), MOST))
    plan = {"payer": PAYER, "plan": PLAN, "states": state, "networks": NETWORK}
    write(roster, people)
    write(roster.with_name(f"{roster.stem}-plans.csv"), [plan])
    return len(people)


if __name__ == "__main__":
    count = main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), date.today())  # noqa: DTZ011 (a day, no instant)
    print(f"{sys.argv[3]} names {count} therapists.")
