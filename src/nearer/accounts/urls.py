"""Addresses of signing in and of one's own account. The names are the ones that django-allauth looks for."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as authenticator
from allauth.mfa.webauthn import views as passkeys
from django.urls import path

from nearer.accounts.views import home

urlpatterns = [
    path("sign-in/", account.request_login_code, name="account_login"),
    path("sign-in/", account.request_login_code, name="account_request_login_code"),
    path("sign-in/code/", account.confirm_login_code, name="account_confirm_login_code"),
    path("sign-in/second/", factors.authenticate, name="mfa_authenticate"),
    path("sign-in/passkey/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("sign-in/closed/", account.account_inactive, name="account_inactive"),
    path("sign-out/", account.logout, name="account_logout"),
    path("account/start/", home.start, name="account_start"),
    path("account/", home.home, name="account_home"),
    path("account/", home.home, name="mfa_index"),
    path("account/", home.home, name="mfa_list_webauthn"),
    path("account/second-factor/", home.second_factor, name="account_second_factor"),
    path("account/again/", factors.reauthenticate, name="mfa_reauthenticate"),
    path("account/again/passkey/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("account/authenticator/", authenticator.activate_totp, name="mfa_activate_totp"),
    path("account/authenticator/remove/", authenticator.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/passkeys/add/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("account/passkeys/<int:pk>/remove/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
    path("account/recovery-codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/recovery-codes/new/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
]
