"""Số, ký hiệu of Vietnamese documents: what they say, their canonical form, what was repaired.

Five systems, told apart by their separators (domain notes §3.1):

======  ============================  ==========================================================
QH      ``64/2025/QH15``              laws and resolutions of the National Assembly, by term
QPPL    ``60/2021/NĐ-CP``             normative: sequence / year / type-issuer (Law 64/2025, art. 7)
HC      ``2441/QĐ-UBND``              administrative: sequence / type-issuer (Decree 30/2020)
ĐẢNG    ``20-NQ/TW``                  Party: sequence-type/issuer, counted per type and term
CV      ``4986/UBND-NC``              công văn: sequence / issuer-unit
======  ============================  ==========================================================

Nothing is repaired silently: ``written`` keeps what stood in the text (inner spaces dropped), ``canonical``
holds the proposal and ``repairs`` says each change. What only looks like a number (TCVN 6909:2001, 24/7,
Quý II/2025, 11/2024) is not one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from vanban.vocabulary import Issuer, Vocabulary, fold, load

_U = "A-ZĐƯÂĂÊÔƠ"
_SEG = rf"[{_U}]{{1,14}}(?:[ghiry][{_U}]{{0,10}}){{0,2}}(?:,?&[{_U}]{{1,10}}){{0,2}}\d{{0,2}}"
_CODE = rf"{_SEG}(?:(?: ?[-/][ \n]?|\.){_SEG}){{0,6}}(?:(?!\w)|(?=ngày))"
_LEFT = re.compile(
    r"(?<![\w/=&?-])(?<!\d[.,])(?<!\d\.\d)"
    r"(?P<seq>\d{1,6})(?P<letter>[a-zđA-EĐ])? ?"
    rf"(?:/ ?(?P<year>(?:19|20)\d\d) ?|- ?(?P<party>{_SEG}|[a-zđ]{{2,5}}) ?)?$"
)
_GLUED = re.compile(
    r"(?:số|SỐ)(?P<seq>\d{1,6})(?P<letter>[a-zđ])?(?:/(?P<year>(?:19|20)\d\d)|-(?P<party>[A-ZĐa-z]{2,5}))?$"
)
_MISREAD = re.compile(r"(?:số|SỐ):? {0,2}(?P<seq>(?=[lIO\d]{0,5}\d)[lIO\d]{2,6})(?: ?/ ?(?P<year>(?:19|20)\d\d))? ?$")
_SPLIT = re.compile(r"(?:số|SỐ|Số)[:.]? {0,2}(\d{1,3}) $")
_RIGHT = re.compile(rf" {{0,2}}({_CODE})")
_RIGHT_SMALL = re.compile(r" ?([A-Za-zĐđƯư]{2,8}(?: ?[-./] ?[A-Za-zĐđƯư&]{2,12}){1,3})(?!\w)")
_TERM = re.compile(r"(UBTV)?QH(\d{1,2})$")
_SPACES = re.compile(r"\s+")
_WINDOW = 26
_DASHED = re.compile(rf"- ?(NQ|KL|QĐ|CT|KH|TB|CTr|HD|BC|QC|TTr|QyĐ) ?- ?({_SEG})(?!\w)")
_DASHED_LEFT = re.compile(r"(?<![\w/.,-])(\d{1,5})([a-zđ]?) ?$")
_MASKED = re.compile(r"[A-Zw:]{3}")
# What stands right before a standard or a plate, not a document.
_MASK = re.compile(r"(?:TCVN|QCVN|TCCS|TCXDVN|TCN|ISO|IEC|ĐLVN|QĐKT|ASTM|OIML|ILAC|www\.|https?:)[^\n]{0,24}$", re.I)


@dataclass(frozen=True, slots=True)
class Repair:
    """A proposed correction of a number: what stood, what is proposed, why."""

    written: str
    proposed: str
    reason: str


@dataclass(frozen=True, slots=True)
class Number:
    """A số, ký hiệu. ``written`` has inner spaces removed; ``type_code`` is empty for laws and công văn;
    ``issuers`` are the codes after the type, the drafting unit of a công văn apart in ``unit``."""

    written: str
    system: str
    sequence: int
    letter: str = ""
    year: int | None = None
    term: int | None = None
    type_code: str = ""
    issuers: tuple[str, ...] = ()
    unit: str = ""
    joint: str = "-"
    repairs: tuple[Repair, ...] = ()

    @property
    def canonical(self) -> str:
        """The number as its system writes it: padded below 10, no spaces, Đ restored (a proposal whenever
        ``repairs`` is not empty)."""
        head = f"{self.sequence:02d}{self.letter}"
        tail = "-".join((*self.issuers, *([self.unit] if self.unit else [])))
        if self.system == "QH":
            return f"{head}/{self.year}/{tail}{self.term}"
        if self.system == "ĐẢNG":
            return f"{head}-{self.type_code}/{tail}"
        if self.year is not None:
            head = f"{head}/{self.year}"
        return f"{head}/{self.type_code}{self.joint}{tail}" if self.type_code else f"{head}/{tail}"


@dataclass(frozen=True, slots=True)
class Code:
    """The part of a number after the sequence, read once per spelling."""

    type_code: str
    issuers: tuple[str, ...]
    unit: str
    joint: str
    known: bool
    repairs: tuple[Repair, ...]


Found = tuple[int, int, Number]


def parse(text: str, data: Path | None = None) -> Number:
    """The number that ``text`` is, wholly. Raises ``ValueError`` when it is none.

    >>> parse("03-CTr/BCSD").canonical
    '03-CTr/BCSĐ'
    >>> parse("33 /2024/NQ - HĐND").written
    '33/2024/NQ-HĐND'
    """
    from vanban.text import CleanText
    from vanban.translation import _

    clean = CleanText(text).clean.strip()
    for start, end, number in find_numbers(clean, data):
        if start == 0 and end == len(clean):
            return number
    raise ValueError(_("“{text}” không phải là số, ký hiệu văn bản.").format(text=text[:80]))


def find_numbers(clean: str, data: Path | None = None) -> Iterator[Found]:
    """Every number in clean text (``CleanText(...).clean``) as (start, end, number), left to right.

    A công văn number is given whenever it has the shape; whether a word before it vouches for it is for the
    reader of citations to judge (``Number.type_code`` empty and issuer unknown)."""
    dashed = list(_with_dashes_only(clean, data))
    if dashed:
        yield from sorted([*dashed, *_with_slash(clean, data)], key=lambda found: found[0])
    else:
        yield from _with_slash(clean, data)


def _with_dashes_only(clean: str, data: Path | None) -> Iterator[Found]:
    """“20-NQ-TW”, “97-KH-UBND”: a dash where the system has a slash; only letters of a known type and issuer
    make it a number."""
    for inner in _DASHED.finditer(clean):
        left = _DASHED_LEFT.search(clean, max(0, inner.start() - 8), inner.start())
        if left is None or clean[inner.end() : inner.end() + 1] in ("/", "-"):
            continue
        kind, issuer = inner.groups()
        body = load(data).issuers.get(issuer)
        if body is None:
            continue
        party = kind if body.party else ""
        spelled = issuer if party else f"{kind}-{issuer}"
        written = _SPACES.sub("", clean[left.start() : inner.end()])
        number = _number((left.group(1), left.group(2), "", ""), party, spelled, written, data)
        if number is not None:
            repair = Repair(written, number.canonical, "slash, not dash")
            yield left.start(), inner.end(), replace(number, repairs=(*number.repairs, repair))


def _with_slash(clean: str, data: Path | None) -> Iterator[Found]:
    find, at, done = clean.find, clean.find("/"), 0
    while at >= 0:
        following = clean[at + 1 : at + 3]
        if following and not following[0].isdigit() and (following[0] != " " or following[1:].isalpha()):
            found = _at_slash(clean, at, done, data)
            if found:
                yield found
                done = at = found[1]
        at = find("/", at + 1)


def _at_slash(clean: str, at: int, done: int, data: Path | None) -> Found | None:
    if clean[at - 1 : at] not in _BEFORE_SLASH or at == 0:
        return None
    left = _left(clean, at, done)
    if left is None:
        return None
    start = left.start("seq")
    right = _RIGHT.match(clean, at + 1, at + 70)
    small = right is None
    if right is None:
        right = _RIGHT_SMALL.match(clean, at + 1, at + 50)
        if right is None:
            return None
    spelled = right.group(1)
    groups = left.groupdict()
    party = groups.get("party") or ""
    written = clean[start : right.end()]
    split = _SPLIT.search(clean, max(0, start - 12), start) if clean[start - 1 : start] == " " else None
    apart = split.group(1) if split else ""
    if split:
        start = split.start(1)
        written = clean[start : right.end()]
    head = (groups["seq"], groups.get("letter") or "", groups.get("year") or "", apart)
    number = _number(
        head, party, spelled, _SPACES.sub("", written) if " " in written or "\n" in written else written, data
    )
    if number is None or (small and not number.type_code):
        return None
    if (
        not party
        and _MASKED.search(clean, max(0, start - 30), start)
        and _MASK.search(clean, max(0, start - 30), start)
    ):
        return None
    return start, right.end(), number


_BEFORE_SLASH = frozenset("0123456789 abcdeđghiryABCDEGHILMNOPQSTUVXYKRĐƯ")


def _left(clean: str, at: int, done: int) -> re.Match[str] | None:
    begin = max(done, at - _WINDOW)
    near = max(clean.rfind(" ", begin, at), clean.rfind("\n", begin, at), begin - 1) + 1
    plain = _LEFT.match(clean, near, at)  # nearly every number: nothing but a space before it
    if plain and (near < 2 or clean[near - 2] not in "/-"):
        return plain
    return (
        _LEFT.search(clean, begin, at)
        or (_GLUED.search(clean, begin, at) if "ố" in clean[begin:at] else None)
        or (_MISREAD.search(clean, begin, at) if "số" in clean[begin:at] else None)
    )


@lru_cache(maxsize=32768)
def _number(
    head: tuple[str, str, str, str], party: str, spelled: str, written: str, data: Path | None
) -> Number | None:
    """The number made of (digits, letter, year, digits that recognition tore off) and its letters."""
    digits, letter, year, apart = head
    repairs: tuple[Repair, ...] = ()
    if not digits.isdigit():
        read = digits.replace("l", "1").replace("I", "1").replace("O", "0")
        repairs, digits = (Repair(digits, read, "letters for digits"),), read
    if apart:
        repairs += (Repair(f"{apart} {digits}", apart + digits, "digits apart"),)
        digits = apart + digits
    sequence = int(digits)
    if year and (term := _TERM.match(spelled)):
        issuer = "UBTVQH" if term.group(1) else "QH"
        return Number(written, "QH", sequence, letter, int(year), int(term.group(2)), "", (issuer,), repairs=repairs)
    code = read_code(spelled, party, data)
    if code is None or sequence == 0 or (year and not party and not code.type_code):
        return None
    repairs += code.repairs
    system = "ĐẢNG" if party else "CV"
    if code.type_code and not party:
        system = _typed_system(code, year, load(data))
        if system == "ĐẢNG":
            canonical = f"-{code.type_code}/{'-'.join(code.issuers)}"
            repairs += (Repair(f"/{spelled}", canonical, "Party numbers put the dash first"),)
    return Number(
        written, system, sequence, letter, int(year) if year else None, None, code.type_code, code.issuers,
        code.unit, code.joint, repairs,
    )  # fmt: skip


def _typed_system(code: Code, year: str, vocabulary: Vocabulary) -> str:
    if year:
        return "QPPL" if vocabulary.types[code.type_code].normative else "HC"
    issuer = vocabulary.issuers.get(code.issuers[0]) if code.issuers else None
    return "ĐẢNG" if issuer and issuer.party and issuer.level == "dang" and code.joint != "" else "HC"


@lru_cache(maxsize=8192)
def read_code(spelled: str, party: str, data: Path | None) -> Code | None:
    """Type, issuers and unit behind the letters of a number, with the repairs that they need."""
    return _read(spelled, party, load(data))


def _read(spelled: str, party: str, vocabulary: Vocabulary) -> Code | None:
    compact = _SPACES.sub("", spelled)
    segments = [s for s in re.split(r"[-/]", compact) if s]
    repairs: list[Repair] = []
    if "." in segments[0] and _type(segments[0].split(".")[0], vocabulary):
        first, rest = segments[0].split(".", 1)
        repairs.append(Repair(segments[0], f"{first}-{rest}", "dash, not dot"))
        segments[:1] = [first, rest]
    type_code = _type(party or segments[0], vocabulary)
    if party:
        if type_code is None:
            return None
        _note(repairs, party, type_code)
        issuers, _known = _issuers(segments, vocabulary, repairs)
        return Code(type_code, issuers, "", "/", True, tuple(repairs))
    if type_code is None and (glued := _glued_type(segments[0], vocabulary)):
        repairs.append(Repair(segments[0], "-".join(glued), "dash missing"))
        segments[:1] = glued
        type_code = glued[0]
    if type_code is not None and len(segments) > 1:
        _note(repairs, segments[0], type_code)
        issuers, _known = _issuers(segments[1:], vocabulary, repairs)
        joint = "-"
        if compact[len(segments[0]) : len(segments[0]) + 1] == "/":
            joint = "/" if type_code in ("NQLT", "QCPH") else "-"
            if joint == "-":
                repairs.append(Repair(f"{segments[0]}/", f"{segments[0]}-", "dash, not slash"))
        return Code(type_code, issuers, "", joint, True, tuple(repairs))
    issuers, known = _issuers(segments[:1], vocabulary, repairs)
    return Code("", issuers, "-".join(segments[1:]), "-", known, tuple(repairs))


def _type(segment: str, vocabulary: Vocabulary) -> str | None:
    if segment in vocabulary.types and segment != "QH":
        return segment
    return vocabulary.folded_types.get(fold(segment))


def _glued_type(segment: str, vocabulary: Vocabulary) -> list[str] | None:
    """“QĐUB” → [“QĐ”, “UB”]: a type and an issuer that a typist ran together."""
    if segment in vocabulary.types or segment in vocabulary.issuers:
        return None
    for cut in (4, 3, 2):  # the longest type first: “TTLT”, not “TT” and “LT…”
        head, tail = segment[:cut], segment[cut:]
        if head in vocabulary.types and tail in vocabulary.issuers:
            return [head, tail]
    return None


def _issuers(segments: list[str], vocabulary: Vocabulary, repairs: list[Repair]) -> tuple[tuple[str, ...], bool]:
    issuers = []
    for segment in segments:
        code = segment if segment in vocabulary.issuers else vocabulary.folded_issuers.get(fold(segment), segment)
        _note(repairs, segment, code)
        issuers.append(code)
    return tuple(issuers), bool(issuers) and issuers[0] in vocabulary.issuers


def _note(repairs: list[Repair], written: str, proposed: str) -> None:
    if written != proposed:
        repairs.append(Repair(written, proposed, "letters of the code"))


def issuer_of(number: Number, data: Path | None = None) -> Issuer | None:
    """What the number itself says of its issuer, or None where the code is unknown."""
    return load(data).issuers.get(number.issuers[0]) if number.issuers else None
