"""`nearer invite`"""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings

from nearer.accounts import api as accounts
from nearer.config import database
from nearer.config.command import OperatorCommand
from nearer.config.failures import Exit, Failure
from nearer.foundation import clock
from nearer.portal import api as portal


class Command(OperatorCommand):
    help = (
        "Let somebody sign in: the first operator of a new site, who then lets in everybody else from their desk. "
        "They get an e-mail that says where. With --reset-second-step, forget the passkeys of somebody who lost theirs."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", metavar="EMAIL", help="the address that codes to sign in are sent to")
        parser.add_argument(
            "--role",
            action="append",
            choices=tuple(accounts.KINDS),
            default=[],
            help="what they sign in as; may be said several times",
        )
        parser.add_argument("--npi", default="", metavar="NPI", help="for a therapist: whose desk they sit at")
        parser.add_argument("--site", default="", metavar="URL", help="where the site is, for the link in the e-mail")
        parser.add_argument("--reset-second-step", action="store_true", help="forget passkeys that were lost")

    def handle(
        self,
        *,
        email: str,
        role: list[str],
        npi: str,
        site: str,
        reset_second_step: bool,
        **options: Any,  # noqa: ARG002 - Django's
    ) -> None:
        database.check_version()
        database.check_up_to_date()
        if reset_second_step:
            self._reset(email)
            return
        if not role:
            raise Failure("Say what they sign in as: `nearer invite EMAIL --role operator`.", Exit.USAGE)
        address = (site or settings.NEARER_SITE).rstrip("/") + "/"
        try:
            portal.invite(email=email, kinds=role, npi=npi, by=None, now=clock.now(), site=address)
        except (accounts.CannotInvite, portal.NoSuchTherapist, portal.SeatTaken) as error:
            raise Failure(str(error), Exit.USAGE) from error
        self.say(f"Invited {email}: they sign in at {address}sign-in/, and `nearer worker` sends them word of it.")

    def _reset(self, email: str) -> None:
        user_id = accounts.user_id_of(email)
        if user_id is None:
            raise Failure(f"Nobody signs in as {email}.", Exit.USAGE)
        accounts.reset_factors(user_id=user_id, by=None, now=clock.now())
        self.say(f"{email} sets up a new second step at the next sign-in, and is told by e-mail.")
