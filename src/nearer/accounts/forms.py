"""What people type to sign in. django-allauth judges it; here are the words and the look."""

from __future__ import annotations

import re
from typing import Any

from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from nearer.design.forms import CodeInput


class EmailForm(RequestLoginCodeForm):
    """The address that a code is sent to."""

    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username webauthn", "spellcheck": "false"}),
        error_messages={
            "required": _("Enter your e-mail."),
            "invalid": _("Enter an e-mail such as name@example.com."),
            "max_length": _("Enter an e-mail of at most 254 characters."),
        },
    )


class _Digits(forms.CharField):
    """Digits as people copy them: spaces and hyphens are no part of a code."""

    def to_python(self, value: Any) -> str:
        return re.sub(r"[\s\u2010-\u2015-]", "", super().to_python(value) or "")


class EmailedCodeForm(ConfirmLoginCodeForm):
    """The digits from the e-mail."""

    code = _Digits(
        label=_("Eight-digit code"),
        widget=CodeInput(),
        error_messages={"required": _("Enter the eight digits from the e-mail.")},
    )


class SecondFactorForm(AuthenticateForm):
    """A code of the authenticator, or one of the codes kept for the day it is lost."""

    code = _Digits(
        label=_("Code from your app, or a recovery code"),
        widget=CodeInput(),
        error_messages={"required": _("Enter the code that your app shows, or a recovery code.")},
    )


class AgainForm(ReauthenticateForm):
    """The same, to show that it is still you."""

    code = _Digits(
        label=_("Code from your app, or a recovery code"),
        widget=CodeInput(),
        error_messages={"required": _("Enter the code that your app shows, or a recovery code.")},
    )


class AuthenticatorForm(ActivateTOTPForm):
    """The first code of an authenticator that is being set up."""

    code = _Digits(
        label=_("The six digits that the app shows now"),
        widget=CodeInput(),
        error_messages={"required": _("Enter the six digits that the app shows.")},
    )


class PasskeyForm(AddWebAuthnForm):
    """What a new passkey is called. The passkey itself is put in by the browser."""

    name = forms.CharField(
        label=_("What do you want to call it?"),
        help_text=_("Such as “My phone”. It helps you tell your passkeys apart."),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    credential = forms.JSONField(
        widget=forms.HiddenInput,
        error_messages={"required": _("Your browser gave us no passkey. Press the button to try again.")},
    )
