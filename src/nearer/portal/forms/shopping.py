"""How long a trip of the shopper is to be."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from nearer.portal.operations.shopping import MOST


class ShopperForm(forms.Form):
    """How many requests to ask."""

    requests = forms.IntegerField(
        label=_("How many requests?"),
        help_text=_("A thousand take a minute or two."),
        min_value=1,
        max_value=MOST,
        initial=1000,
    )
