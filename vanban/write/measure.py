"""How wide words are in print, for the rule lines that the decree ties to the length of a text."""

from __future__ import annotations

import json
from functools import lru_cache

_SOURCE = b"""#let d = json(bytes(sys.inputs.data))
#context [#metadata(measure(text(font: "Tinos", size: d.size * 1pt,
  weight: if d.bold { "bold" } else { "regular" }, d.words)).width / 1pt) <width>]"""


@lru_cache(maxsize=512)
def width(words: str, size: float, bold: bool) -> float:
    """Width in points of the words set on one line in the face of Times New Roman."""
    import typst

    from vanban.write.pdf import FONTS

    data = json.dumps({"words": words, "size": size, "bold": bold})
    found: str = typst.query(
        _SOURCE,
        "<width>",
        field="value",
        one=True,
        root=str(FONTS),
        font_paths=[str(FONTS)],  # type: ignore[misc]
        ignore_system_fonts=True,
        sys_inputs={"data": data},
    )
    return float(json.loads(found))
