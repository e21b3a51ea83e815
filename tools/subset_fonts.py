"""Cut the two fonts down to what our pages need. Needs fonttools and brotli, which nothing else here does.

npm pack @fontsource-variable/atkinson-hyperlegible-next@5.3.0 @fontsource-variable/literata@5.3.0
(unpack each beside the other, then)
python tools/subset_fonts.py TEXT.woff2 DISPLAY.woff2 src/nearer/design/static/design/fonts
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

#: English and Spanish, the punctuation both need, and the few signs that pages use.
LETTERS = "".join(map(chr, range(0x20, 0x7F))) + "ÁÉÍÑÓÚÜáéíñóúü¿¡ªº«»‘’“”–—…·•×§©°½€→←✓−\u00a0"
FEATURES = ("kern", "liga", "mark", "mkmk", "tnum", "ccmp", "locl")


def cut(source: Path, target: Path, axes: dict[str, Any]) -> int:
    """Write `source` to `target` with our letters and `axes` alone. Return its size in bytes."""
    font = TTFont(source, recalcTimestamp=False)
    options = subset.Options(flavor="woff2", layout_features=[*FEATURES], hinting=False, notdef_outline=True)
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=LETTERS)
    subsetter.subset(font)
    subset.save_font(instancer.instantiateVariableFont(font, axes), str(target), options)
    return target.stat().st_size


def main() -> None:
    text, display, folder = map(Path, sys.argv[1:4])
    print(cut(text, folder / "text.woff2", {"wght": (400, 700)}), "bytes of text face")
    print(cut(display, folder / "display.woff2", {"wght": 500, "opsz": 40}), "bytes of display face")


if __name__ == "__main__":
    main()
