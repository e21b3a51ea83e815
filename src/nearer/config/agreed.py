"""The policy that clients agree to, looked at before anyone can."""

from __future__ import annotations

from nearer.care import api as care
from nearer.config.failures import Exit, Failure

WAY_OUT = "Correct the file that NEARER_POLICY names: until then nothing can be booked."


def check_policy() -> None:
    """Refuse to serve with a policy that contradicts itself.

    :raises Failure: with the sentence that says where.
    """
    try:
        care.policy_in_force()
    except care.PolicyWrong as error:
        raise Failure(f"{error} {WAY_OUT}", Exit.SETTING) from None
