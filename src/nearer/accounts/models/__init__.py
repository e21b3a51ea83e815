"""Who are you: clients, their consents, the codes that prove an address, and staff who sign in."""

from __future__ import annotations

from nearer.accounts.models.clients import Client, Consent, EmailCode
from nearer.accounts.models.staff import Role, User

__all__ = ["Client", "Consent", "EmailCode", "Role", "User"]
