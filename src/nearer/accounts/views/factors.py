"""Setting up and taking away what one proves oneself with; django-allauth's steps, with our pictures."""

from __future__ import annotations

from typing import Any

from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django.urls import reverse_lazy

from nearer.accounts.doors import in_turn
from nearer.accounts.pages import square
from nearer.accounts.queries.staff import may_remove_a_factor


class _AddPasskey(AddWebAuthnView):
    """Every passkey can sign in alone: it is kept on the device, and the device checks who holds it."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["js_data"] = {"creation_options": auth.begin_registration(self.request.user, passwordless=True)}
        return context


class _RemovePasskey(RemoveWebAuthnView):
    """The last way in is never removed: nobody could tell its owner from whoever reads their mail."""

    success_url = reverse_lazy("account_home")

    def get_queryset(self) -> Any:
        mine = super().get_queryset()
        return mine if may_remove_a_factor(self.request.user.pk) else mine.none()


class _AddAuthenticator(ActivateTOTPView):
    """An authenticator app reads a square, drawn as a path: a picture in an address would be against our policy."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"square": square(context["totp_url"])}


add_passkey = in_turn(_AddPasskey.as_view())
remove_passkey = in_turn(_RemovePasskey.as_view())
add_authenticator = in_turn(_AddAuthenticator.as_view())
remove_authenticator = in_turn(DeactivateTOTPView.as_view())
recovery_codes = in_turn(ViewRecoveryCodesView.as_view())
new_recovery_codes = in_turn(GenerateRecoveryCodesView.as_view())
