"""The network at a glance, and one state of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from nearer.directory.api import vocabulary
from nearer.matching.api import ENOUGH, Figures, Overview, PlanFigures
from nearer.portal.pages.operator.heat import Shade, Tile, ground, legend, shades, step, tile
from nearer.portal.vocabulary import MEASURES

HELP: Mapping[str, Promise] = {
    "bookable": gettext_lazy("All at once: licensed, checked, accepting, and free. What a visitor can be shown."),
    "open": gettext_lazy("A first session could start in the coming 14 days."),
    "accepting": gettext_lazy("They say that they take new clients."),
    "listed": gettext_lazy("Licensed, and offering this."),
}
WIDE = 100


@dataclass(frozen=True, slots=True)
class Bar:
    """One measure of the whole network; `wide` of 100 is its share of all who are listed."""

    measure: str
    name: Promise
    help: Promise
    count: int
    wide: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Payer:
    """One payer's map: where it sells plans, and where those are thin."""

    name: str
    count: int
    shades: tuple[Shade, ...]
    thin: tuple[str, ...]
    states: int
    rows: SafeString

    @property
    def words(self) -> str:
        """Return what the picture says."""
        states = ngettext("%(count)d state", "%(count)d states", self.states) % {"count": self.states}
        if not self.thin:
            return _("%(states)s, at least three in each") % {"states": states}
        return _("%(states)s; fewer than three in %(thin)s") % {"states": states, "thin": ", ".join(self.thin)}


@dataclass(frozen=True, slots=True)
class Glance:
    """All that the page of the whole network shows."""

    service: str
    services: tuple[tuple[str, Promise, bool], ...]
    measure: str
    measure_name: Promise
    bars: tuple[Bar, ...]
    tiles: tuple[Tile, ...]
    legend: tuple[tuple[int, Promise], ...]
    thin: tuple[str, ...]
    rows: SafeString
    payers: tuple[Payer, ...]
    ground: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One plan's one service: how many can be booked of how many who are listed."""

    bookable: int
    listed: int
    step: int


@dataclass(frozen=True, slots=True)
class Place:
    """One state: a row a plan, a column a service."""

    code: str
    name: str
    services: tuple[Promise, ...]
    rows: tuple[tuple[str, str, tuple[Cell, ...]], ...]
    legend: tuple[tuple[int, Promise], ...]


def glance(seen: Overview, measure: str) -> Glance:
    """Return the whole network, with one measure on the map."""
    counts = {code: getattr(figures, measure) for code, figures in seen.by_place.items()}
    names = vocabulary.JURISDICTIONS
    return Glance(
        service=seen.service,
        services=tuple((code, label, code == seen.service) for code, label in vocabulary.SERVICES.items()),
        measure=measure,
        measure_name=MEASURES[measure],
        bars=tuple(_bar(each, seen.everyone, each == measure) for each in reversed(list(MEASURES))),
        tiles=tuple(tile(code, count, _words(seen.by_place[code])) for code, count in counts.items()),
        legend=legend(),
        thin=tuple(names[code] for code in sorted(counts) if counts[code] < ENOUGH),
        rows=_state_rows(seen.by_place),
        payers=tuple(_payer(name, figures, measure) for name, figures in seen.by_payer.items()),
        ground=ground(),
    )


def place(code: str, plans: tuple[PlanFigures, ...]) -> Place:
    """Return one state's plans."""
    nothing = Figures(0, 0, 0, 0)
    return Place(
        code=code,
        name=vocabulary.JURISDICTIONS[code],
        services=tuple(vocabulary.SERVICES.values()),
        rows=tuple(
            (
                each.panel.payer if each.panel else "",
                each.panel.name if each.panel else _("Paying themselves"),
                tuple(_cell(each.by_service.get(service, nothing)) for service in vocabulary.SERVICES),
            )
            for each in plans
        ),
        legend=legend(),
    )


def _bar(measure: str, everyone: Figures, is_chosen: bool) -> Bar:  # noqa: FBT001 - a field
    count: int = getattr(everyone, measure)
    wide = round(WIDE * count / everyone.listed) if everyone.listed else 0
    return Bar(measure, MEASURES[measure], HELP[measure], count, wide, is_chosen)


def _payer(name: str, figures: Mapping[str, Figures], measure: str) -> Payer:
    counts = {code: getattr(each, measure) for code, each in figures.items()}
    return Payer(
        name=name,
        count=sum(counts.values()),
        shades=shades({code: step(count) for code, count in counts.items()}),
        thin=tuple(code for code, count in counts.items() if count < ENOUGH),
        states=len(figures),
        rows=_payer_rows(figures),
    )


# Hundreds of rows of numbers: a template takes ten times as long for them.
def _state_rows(by_place: Mapping[str, Figures]) -> SafeString:
    names = vocabulary.JURISDICTIONS
    row = '<tr><th scope="row"><a href="{}">{}</a></th><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>'
    ordered = sorted(names, key=names.__getitem__)
    told = ((reverse("portal:operator_place", args=[code]), names[code], *by_place[code]) for code in ordered)
    return format_html_join("", row, told)


def _payer_rows(figures: Mapping[str, Figures]) -> SafeString:
    row = '<tr><th scope="row"><abbr title="{}">{}</abbr></th><td>{}</td><td>{}</td></tr>'
    names = vocabulary.JURISDICTIONS
    return format_html_join(
        "", row, ((names[code], code, each.listed, each.bookable) for code, each in figures.items())
    )


def _cell(figures: Figures) -> Cell:
    return Cell(figures.bookable, figures.listed, step(figures.bookable))


def _words(figures: Figures) -> str:
    return _("%(bookable)d of %(listed)d can be booked") % {"bookable": figures.bookable, "listed": figures.listed}
