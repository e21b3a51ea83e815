"""What can be asked of the network as it is."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime

from nearer.care.rules.drawing import Market
from nearer.care.rules.zones import zone_of
from nearer.directory.api import panels_in_force, vocabulary
from nearer.matching.api import TIMES, overview


def market(now: datetime) -> Market:
    """Return the places with therapists, the plans sold there, and all that can be wished for. Four queries."""
    places = {code: each.listed for code, each in overview("individual", now=now).by_place.items() if each.listed}
    plans: dict[str, list[int]] = defaultdict(list)
    for panel in panels_in_force(now.astimezone(UTC).date()):
        for code in panel.jurisdictions:
            plans[code].append(panel.id)
    return Market(
        places=places,
        plans=plans,
        zones={code: zone_of(code) for code in places},
        traits={kind: tuple(codes) for kind, codes in vocabulary.TRAITS.items()},
        times=tuple(TIMES),
    )
