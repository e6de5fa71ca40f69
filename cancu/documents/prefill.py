"""What the form of registration is filled with: each value, and where in the document's own words it was found."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cancu.core.codes import labels
from cancu.core.folding import folded

from .issuing import issuer_named, name_proposed
from .models import Nature
from .search import canonical

if TYPE_CHECKING:
    from vanban.document import Document as Tree
    from vanban.reading import Reading

#: Type words that say the same as a type of the list.
SAME_TYPE = {
    "chuong trinh cong tac": "programme",
    "thong bao ket luan": "announcement",
    "ke hoach hanh dong": "plan",
    "bo luat": "law",
}
_IN_FORCE = re.compile(r"có hiệu lực\s+(?:thi hành\s+)?(?:kể\s+)?(?:từ\s+)?ngày\s+(?P<when>ký|[^.;\n]{6,40})")
_LONG_DAY = re.compile(r"(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})|(\d{1,2})/(\d{1,2})/(\d{4})")


@dataclass
class Prefilled:
    """Field → ``{"value", "start", "end"}``; positions are of the text, absent where a value follows from others."""

    text: str
    fields: dict[str, dict[str, Any]] = field(default_factory=dict)

    def put(self, name: str, value: Any, span: tuple[int, int] | None = None) -> None:
        if value not in (None, ""):
            self.fields[name] = {"value": storable(str(value)), **({"start": span[0], "end": span[1]} if span else {})}

    def span(self, words: str) -> tuple[int, int] | None:
        """Where the words first stand, whatever spaces lie between them."""
        if not words:
            return None
        found = re.search(r"\s*".join(re.escape(part) for part in words.split()), self.text)
        return found.span() if found else None


def prefilled(tree: Tree, reading: Reading) -> Prefilled:
    """Every field of the form that the document speaks of."""
    made, header = Prefilled(reading.text), tree.header
    number = canonical(header.code) if header.number else ""
    made.put("type", type_of(header.kind, number), made.span(header.kind))
    made.put("number", number, made.span(header.code))
    made.put("issued_on", header.date.isoformat() if header.date else "", _day_span(made, header.date))
    issuer = issuer_named(header.issuer, header.parent, symbol_of(number), header.date)
    made.put("issuer", issuer.name if issuer else name_proposed(header.issuer, header.parent), made.span(header.issuer))
    made.put("title", " ".join(header.title.split()), made.span(header.title))
    made.put("nature", nature_of(number, made.fields.get("type", {}).get("value", "")))
    made.put("signer", tree.signature.name, made.span(tree.signature.name))
    position = tree.signature.authority[-1] if tree.signature.authority else ""
    made.put("signer_position", _position(position), made.span(position))
    made.put("recipients", "; ".join(tree.recipients), made.span(tree.recipients[0]) if tree.recipients else None)
    _effective(made, header.date)
    _due(made, reading, header.date)
    return made


def storable(words: str) -> str:
    """Words that a database takes: what no text holds (NUL, halves of characters) is dropped."""
    return words.replace("\x00", "").encode("utf-8", "ignore").decode()


def type_of(kind: str, number: str) -> str:
    """The key of the type that the head names; a document without a type word whose number has none is a công văn."""
    if kind:
        known = {folded(label): key for key, label in labels("documents.type").items()}
        return known.get(folded(kind)) or SAME_TYPE.get(folded(kind), "")
    return "letter" if not number or _system(number) == "CV" else ""


def nature_of(number: str, type_: str) -> str:
    """Normative, individual, administrative or Party: the separators of the number tell (domain notes §3.1)."""
    system = _system(number)
    if system == "ĐẢNG":
        return Nature.PARTY
    if system in ("QH", "QPPL"):
        return Nature.NORMATIVE
    return Nature.INDIVIDUAL if type_ in ("decision", "resolution") else Nature.ADMINISTRATIVE


def symbol_of(number: str) -> str:
    """The letters of the issuer in a number: UBND, TW, SKHCN; empty for what is no number."""
    from vanban.numbers import parse

    try:
        found = parse(number)
    except ValueError:
        return ""
    return found.issuers[0] if found.issuers else ""


def _system(number: str) -> str:
    from vanban.numbers import parse

    try:
        return parse(number).system
    except ValueError:
        return ""


def _day_span(made: Prefilled, day: dt.date | None) -> tuple[int, int] | None:
    if day is None:
        return None
    found = re.search(rf"ngày\s+0?{day.day}\s+tháng\s+0?{day.month}\s+năm\s+{day.year}", made.text)
    return found.span() if found else None


def _position(capitals: str) -> str:
    """“PHÓ GIÁM ĐỐC” → “Phó Giám đốc”."""
    words = capitals.capitalize()
    return f"Phó {words[4:].capitalize()}" if words.startswith("Phó ") else words


def _effective(made: Prefilled, issued: dt.date | None) -> None:
    """The day that the text names; from signature where it says so, or where it says nothing and is no law."""
    said = _IN_FORCE.search(made.text)
    if said:
        day = issued if said["when"] == "ký" else _day(said["when"])
        made.put("effective_on", day.isoformat() if day else "", said.span())
    elif issued and made.fields.get("nature", {}).get("value") != Nature.NORMATIVE:
        made.put("effective_on", issued.isoformat())


def _day(words: str) -> dt.date | None:
    found = _LONG_DAY.search(words)
    try:
        parts = [int(part) for part in found.groups() if part] if found else []
        return dt.date(parts[2], parts[1], parts[0]) if parts else None
    except ValueError:
        return None


def _due(made: Prefilled, reading: Reading, issued: dt.date | None) -> None:
    """The first deadline of the text that lies after its own day."""
    later = [
        d
        for d in reading.deadlines
        if d.due and d.kind in ("day", "term", "period") and (issued is None or d.due > issued)
    ]
    if later:
        first = min(later, key=lambda d: (d.due, d.start))
        made.put("due_on", first.due.isoformat() if first.due else "", (first.start, first.end))
