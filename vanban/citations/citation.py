"""What a citation is (the value that callers get) and the draft that the readers fill in."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

from vanban.numbers import Number, Repair


class Citation(NamedTuple):
    """One mention of another document.

    ``start``…``end`` count characters of the text as given and cover type word, number, date and issuer, in
    whatever order they stand; the title lies outside the span (a title may run on for lines and hold other
    citations) and is given in ``title``, without “về”, “về việc” and quotes.

    - ``type``: the type word as a title would print it (“Chương trình hành động”), from the code when the
      text gives none. ``number``: as written, spaces dropped; None for a law known by its name.
    - ``canonical``: the number as its system writes it; differs from ``number`` only by ``repairs``, which
      are proposals. ``system``: QH, QPPL, HC, ĐẢNG or CV; None without a number.
    - ``date``: the day the text gives, never one computed from elsewhere. ``year``: of a law named by year.
    - ``issuer``: as the text names it, else what the number's code says (then ``status`` is “inferred”).
    - ``relation``: căn cứ, thực hiện, sửa đổi bổ sung, thay thế, bãi bỏ, hướng dẫn, kèm theo, dẫn chiếu, đề
      nghị or None; ``direction`` is “out” (the citing text or ``parent`` acts on this document) or “in”
      (“được thay thế bởi”: this document acts).
    - ``parent``: index in the list of the citation whose title holds this one, else None.
    - ``provision``: “điểm a khoản 2 Điều 5” before the type word, as written.
    - ``status``: resolved (type, number and issuer stand in the text), inferred (something was supplied or a
      repair is proposed), ambiguous (several documents fit), unresolved (the document cannot be told).
      ``reason`` says why in Vietnamese.
    """

    start: int
    end: int
    text: str
    type: str
    number: str | None
    canonical: str | None
    system: str | None
    date: dt.date | None
    issuer: str | None
    title: str | None
    relation: str | None
    parent: int | None
    status: str
    reason: str = ""
    direction: str | None = None
    provision: str | None = None
    year: int | None = None
    repairs: tuple[Repair, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The contract of ``vanban read --json``: plain values, dates in ISO form."""
        values = self._asdict()
        values["date"] = self.date.isoformat() if self.date else None
        values["repairs"] = [repair.proposed for repair in self.repairs]
        return values


class Draft:
    """A citation while it is being read; positions are of the clean text."""

    __slots__ = (
        "by_name",
        "continued",
        "cue_end",
        "date",
        "direction",
        "end",
        "from_context",
        "issuer",
        "needs_full",
        "number",
        "number_end",
        "number_start",
        "parent",
        "provision",
        "reasons",
        "relation",
        "short",
        "start",
        "title",
        "title_at",
        "title_end",
        "type",
        "type_stated",
        "uncertain",
        "unresolved",
        "year",
    )  # fmt: skip

    def __init__(self, start: int, number_start: int, number_end: int, kind: str) -> None:
        self.start, self.end = start, number_end
        self.number_start, self.number_end = number_start, number_end
        self.type = kind
        self.number: Number | None = None
        self.type_stated = True
        self.continued = False  # a further number of a list: “Nghị quyết số A và số B”
        self.by_name = False  # a law known by its name
        self.short = False  # the number's letters stand elsewhere in the text
        self.needs_full = False  # cited only where the text gives its number in full
        self.uncertain = False  # a law by its bare name: cited unless it stands inside a title
        self.date: dt.date | None = None
        self.year: int | None = None
        self.issuer: str | None = None
        self.from_context = False
        self.title: str | None = None
        self.title_end = number_end
        self.title_at = -1
        self.relation: str | None = None
        self.direction: str | None = None
        self.provision: str | None = None
        self.parent: int | None = None
        self.cue_end = start  # where the words before the citation, its provision aside, stop
        self.unresolved = ""
        self.reasons: list[str] = []
