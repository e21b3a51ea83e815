"""The one form renderer: every form of every room comes out accessible, and looks the same."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import boundfield
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import ChoiceWidget

from nearer.design.dates import DateField, DateInput
from nearer.design.widgets import CardCheckboxes, CardRadios, Chips, ChipSelect, CodeInput, TimeRadios

__all__ = [
    "BoundField",
    "CardCheckboxes",
    "CardRadios",
    "ChipSelect",
    "Chips",
    "CodeInput",
    "DateField",
    "DateInput",
    "Renderer",
    "TimeRadios",
]

#: Kinds of input that are not drawn as a box to type in.
NO_BOX = frozenset({"hidden", "checkbox", "radio", "file", "range", "color"})


class BoundField(boundfield.BoundField):
    """A field on a page, with what our templates need beyond Django's own."""

    @property
    def focus_id(self) -> str:
        """Return the id of the first control, where a link in the error summary leads."""
        widget = self.field.widget
        if isinstance(widget, DateInput):
            return widget.first_id(self.auto_id)
        if self.is_group:
            return f"{self.auto_id}_0"
        return self.id_for_label or self.auto_id

    @property
    def is_group(self) -> bool:
        """Tell whether the field is a group of radios or checkboxes."""
        widget = self.field.widget
        return isinstance(widget, ChoiceWidget) and not isinstance(widget, forms.Select)

    @property
    def is_checkbox(self) -> bool:
        """Tell whether the field is one checkbox, whose label stands beside it."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def is_optional(self) -> bool:
        """Tell whether the label says that the field may be left out."""
        return not self.field.required and not self.is_checkbox and not self.field.disabled

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """Return Django's attributes, plus the class that draws a box.

        A radio has no invalid state of its own in ARIA: its fieldset carries the message.
        """
        widget = widget or self.field.widget
        built: dict[str, Any] = dict(super().build_widget_attrs(attrs, widget))
        if self.is_group:
            built.pop("aria-invalid", None)
        if _is_box(widget):
            built["class"] = " ".join(filter(None, ["input", str(widget.attrs.get("class", ""))]))
        return built


def _is_box(widget: forms.Widget) -> bool:
    """Tell whether the widget is one box to type in or pick from."""
    if isinstance(widget, ChoiceWidget):
        return isinstance(widget, forms.Select)
    return isinstance(widget, forms.Textarea | forms.widgets.Input) and getattr(widget, "input_type", "") not in NO_BOX


class Renderer(TemplatesSetting):
    """Renders every form of every room, accessibly."""

    form_template_name = "design/forms/form.html"
    field_template_name = "design/forms/field.html"
    bound_field_class = BoundField
