"""Whom to recruit: where fewer than three can be shown, as a picture and as a list."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from nearer.directory.api import vocabulary
from nearer.matching.api import ENOUGH, TIMES, Gap
from nearer.portal.pages.operator.heat import GRID, Tile, step, tile

#: How many states the page shows at once; the file has all.
MOST = 18
#: The map's steps, from none of the combinations to all of them; they look as those of few to many do, reversed.
STEPS: tuple[Promise, ...] = (
    gettext_lazy("every one is short"),
    gettext_lazy("most are short"),
    gettext_lazy("half are short"),
    gettext_lazy("some are short"),
    gettext_lazy("a few are short"),
    gettext_lazy("none is short"),
)
_SHARES = (0.999, 0.66, 0.33, 0.1, 0.000_001)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One line of whom to recruit: whoever is all of this closes the gap of so many plans."""

    code: str
    place: str
    language: Promise
    time: Promise
    fewest: int
    recruit: int
    plans: int
    payers: tuple[str, ...]

    @property
    def can_show(self) -> str:
        return ngettext("%(count)d can be shown", "%(count)d can be shown", self.fewest) % {"count": self.fewest}

    @property
    def helps(self) -> str:
        return ngettext("%(count)d plan", "%(count)d plans", self.plans) % {"count": self.plans}


@dataclass(frozen=True, slots=True)
class Card:
    """One state: a row a language, a column a time; each cell the fewest that some plan's members can be shown."""

    code: str
    name: str
    rows: tuple[tuple[Promise, tuple[Cell, ...]], ...]
    plans: int


@dataclass(frozen=True, slots=True)
class Cell:
    """How few can be shown, and to members of how many plans; no plans: at least three to everyone."""

    fewest: int
    plans: int
    step: int


@dataclass(frozen=True, slots=True)
class Thin:
    """All that the page of gaps shows. `wanted` is filled for one state alone."""

    count: int
    tiles: tuple[Tile, ...]
    legend: tuple[tuple[int, Promise], ...]
    times: tuple[Promise, ...]
    cards: tuple[Card, ...]
    wanted: tuple[Wanted, ...]
    more: int
    summary: str


def thin(gaps: Sequence[Gap], *, languages: Sequence[str], times: Sequence[str], places: Collection[str]) -> Thin:
    """Return the gaps as a map, and a card a state; for one state alone also whom to recruit.

    :param languages, times: those that were asked about.
    :param places: the same of places; none means all.
    """
    lines = sorted(_wanted(gaps), key=lambda line: (line.fewest, -line.plans))
    short, one = _by_place(lines, places), len(places) == 1
    cards = sorted(_cards(gaps, languages, times), key=lambda card: (-card.plans, card.name))
    return Thin(
        count=len(lines),
        tiles=() if one else tuple(_tile(code, count, len(languages) * len(times)) for code, count in short.items()),
        legend=tuple(enumerate(STEPS)),
        times=tuple(TIMES[time] for time in times),
        cards=tuple(cards[:MOST]),
        wanted=tuple(lines) if one else (),
        more=max(0, len(cards) - MOST),
        summary=_summary(lines, languages),
    )


def rows(gaps: Sequence[Gap]) -> Iterator[tuple[str, ...]]:
    """Yield the lines of the file: one a plan and gap, its words first."""
    yield tuple(
        str(word)
        for word in (
            _("State"), _("Payer"), _("Plan"), _("Language"), _("Time of the week"), _("Can be shown"), _("Recruit"),
        )
    )  # fmt: skip
    for gap in gaps:
        for panel in gap.panels:
            language, time = str(vocabulary.LANGUAGES[gap.language]), str(TIMES[gap.time])
            yield (
                gap.jurisdiction,
                plain(panel.payer),
                plain(panel.name),
                language,
                time,
                str(gap.shown),
                str(gap.missing),
            )


def plain(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: names of plans come from other people's files."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def _wanted(gaps: Sequence[Gap]) -> Iterator[Wanted]:
    alike: dict[tuple[str, str, str], list[Gap]] = defaultdict(list)
    for gap in gaps:
        alike[gap.jurisdiction, gap.language, gap.time].append(gap)
    for (code, language, time), found in alike.items():
        fewest = min(gap.shown for gap in found)
        yield Wanted(
            code=code,
            place=vocabulary.JURISDICTIONS[code],
            language=vocabulary.LANGUAGES[language],
            time=TIMES[time],
            fewest=fewest,
            recruit=ENOUGH - fewest,
            plans=sum(len(gap.panels) for gap in found),
            payers=tuple(sorted({panel.payer for gap in found for panel in gap.panels})),
        )


def _cards(gaps: Sequence[Gap], languages: Sequence[str], times: Sequence[str]) -> Iterator[Card]:
    cells: dict[str, dict[tuple[str, str], list[Gap]]] = defaultdict(lambda: defaultdict(list))
    for gap in gaps:
        cells[gap.jurisdiction][gap.language, gap.time].append(gap)
    for code, found in cells.items():
        yield Card(
            code=code,
            name=vocabulary.JURISDICTIONS[code],
            rows=tuple(
                (vocabulary.LANGUAGES[language], tuple(_cell(found.get((language, time), ())) for time in times))
                for language in languages
            ),
            plans=sum(len(gap.panels) for each in found.values() for gap in each),
        )


def _cell(gaps: Sequence[Gap]) -> Cell:
    fewest = min((gap.shown for gap in gaps), default=ENOUGH)
    return Cell(fewest, sum(len(gap.panels) for gap in gaps), step(fewest))


def _by_place(lines: Sequence[Wanted], places: Collection[str]) -> dict[str, int]:
    counted = Counter(line.code for line in lines)
    return {code: counted[code] for code in GRID if not places or code in places}


def _tile(code: str, short: int, combinations: int) -> Tile:
    share = short / combinations if combinations else 0
    looks = next((number for number, least in enumerate(_SHARES) if share >= least), len(_SHARES))
    words = _("%(short)d of %(all)d are short") % {"short": short, "all": combinations}
    return tile(code, short, words, looks=looks)


def _summary(lines: Sequence[Wanted], languages: Collection[str]) -> str:
    if not lines:
        return _("Nothing is short: everywhere at least three can be shown.")
    spoken = ", ".join(str(vocabulary.LANGUAGES[code]) for code in languages)
    gaps = ngettext("%(count)d gap", "%(count)d gaps", len(lines)) % {"count": len(lines)}
    count = len({line.code for line in lines})
    states = ngettext("%(count)d state", "%(count)d states", count) % {"count": count}
    return _("%(gaps)s in %(states)s, for %(languages)s.") % {"gaps": gaps, "states": states, "languages": spoken}
