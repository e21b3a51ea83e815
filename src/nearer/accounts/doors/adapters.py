"""How django-allauth reaches us: its mail through the outbox, its secrets sealed, and nobody signs up by themselves."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from nearer.accounts.doors.notices import NOTICES
from nearer.accounts.operations.signing_in import ask_for_code, tell
from nearer.accounts.queries.staff import may_remove_a_factor
from nearer.accounts.rules import SIGN_IN_DIGITS, device, new_code
from nearer.foundation import clock, sealing

CODE_MAIL = "account/email/login_code"
UNKNOWN_MAIL = "account/email/unknown_account"
PURPOSE = "second factor"
PASSKEY = "mfa_reauthenticate_webauthn"


class AccountAdapter(DefaultAccountAdapter):
    """Signing in by a code sent by e-mail. Every sentence a person may read stands here or in our templates."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": _("This is not the code. Check it and try again; a new one takes up to a minute to arrive."),
        "too_many_login_attempts": _("That was too many tries. Wait five minutes, then begin again."),
        "rate_limited": _("That was too many tries. Wait a few minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - the library's shape
        return False

    def generate_login_code(self) -> str:
        return new_code(SIGN_IN_DIGITS)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Ask for a code to be sent. Known or not, the same is written: a worker finds out who signs in."""
        if template_prefix in {CODE_MAIL, UNKNOWN_MAIL}:
            ask_for_code(email=email, code=context.get("code") or self.generate_login_code(), now=clock.now())

    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,  # noqa: ARG002 - the library's shape
        email: str | None = None,  # noqa: ARG002 - the library's shape
    ) -> None:
        """Tell someone by e-mail that a way in of theirs has changed."""
        tell(user_id=int(user.pk), change=str(NOTICES[template_prefix]), now=clock.now())

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing in passing: each page says itself what has happened."""

    def get_reauthentication_methods(self, user: AbstractBaseUser | AnonymousUser) -> list[dict[str, Any]]:
        """Return the ways to prove oneself again, a passkey first."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return sorted(methods, key=lambda method: method["id"] != PASSKEY)


class FactorAdapter(DefaultMFAAdapter):
    """Second factors: what could be used to make codes is sealed with the key file, never plain in the database."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This did not work. Check the code, wait for the next one if you used it, and try again."),
        "cannot_delete_authenticator": _("This is your only second step. Add another one before you remove it."),
    }

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Keep the last one: nobody could tell its owner from whoever reads their mail."""
        return may_remove_a_factor(authenticator.user_id)

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:  # noqa: A002, ARG002
        """Suggest the device that asks; its owner may call it something else."""
        browser, system = device(context.request.headers.get("User-Agent", ""))
        return system or browser or str(_("Passkey"))

    def encrypt(self, text: str) -> str:
        return sealing.ring().seal(text.encode(), purpose=PURPOSE, context=PURPOSE)

    def decrypt(self, encrypted_text: str) -> str:
        return sealing.ring().unseal(encrypted_text, purpose=PURPOSE, context=PURPOSE).decode()
