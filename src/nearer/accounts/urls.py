"""Addresses of signing in and of one's own account. The names are the ones that django-allauth looks for."""

from __future__ import annotations

from allauth.account.views import account_inactive
from django.urls import path

from nearer.accounts.views import factors, home, signing_in

urlpatterns = [
    path("sign-in/", signing_in.email, name="account_login"),
    path("sign-in/", signing_in.email, name="account_request_login_code"),
    path("sign-in/code/", signing_in.code, name="account_confirm_login_code"),
    path("sign-in/second/", signing_in.second, name="mfa_authenticate"),
    path("sign-in/passkey/", signing_in.passkey, name="mfa_login_webauthn"),
    path("sign-in/closed/", account_inactive, name="account_inactive"),
    # Nobody signs up. The library asks for this address while it answers for somebody it does not know.
    path("sign-in/closed/", account_inactive, name="account_signup"),
    path("sign-out/", signing_in.leave, name="account_logout"),
    path("account/start/", home.start, name="account_start"),
    path("account/", home.home, name="account_home"),
    path("account/", home.home, name="mfa_index"),
    path("account/", home.home, name="mfa_list_webauthn"),
    path("account/second-factor/", home.second_factor, name="account_second_factor"),
    path("account/again/", signing_in.again, name="mfa_reauthenticate"),
    path("account/again/passkey/", signing_in.again_by_passkey, name="mfa_reauthenticate_webauthn"),
    path("account/authenticator/", factors.add_authenticator, name="mfa_activate_totp"),
    path("account/authenticator/remove/", factors.remove_authenticator, name="mfa_deactivate_totp"),
    path("account/passkeys/add/", factors.add_passkey, name="mfa_add_webauthn"),
    path("account/passkeys/<int:pk>/remove/", factors.remove_passkey, name="mfa_remove_webauthn"),
    path("account/recovery-codes/", factors.recovery_codes, name="mfa_view_recovery_codes"),
    path("account/recovery-codes/new/", factors.new_recovery_codes, name="mfa_generate_recovery_codes"),
    path("account/sessions/end/", home.end_everywhere, name="account_end_everywhere"),
    path("account/sessions/<int:session_id>/end/", home.end_one, name="account_end_session"),
]
