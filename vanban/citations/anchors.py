"""Where citations are: every number with the type word that governs it."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from vanban.citations.citation import Draft
from vanban.citations.issuers import issuer_after
from vanban.numbers import Found, Number
from vanban.vocabulary import Vocabulary, Word, fold_word, load

_REACH = 48  # characters before a number in which its type word stands
_FAR = 170  # characters before a number in which a title or issuer may part it from its type word
_NUMBER_WORDS = frozenset(("số", "sô", "sổ", "s"))
_OPEN_MARKS = "(“\"'*[-–«‘_|"
_LINKS = re.compile(
    r"(?:[ ]\(\d{4}\))?[ \n)]{0,3}(?:[,;]|và|hoặc|hay|cùng với|,? ?và (?:các )?|& )?[ \n]{0,3}(?:và |hoặc )?(?:số|Số)?[: ]{0,3}"
)
_OWN = re.compile(
    r"(?:^|\n)[ \t*|#]{0,40}(?:[^\n]{0,60}[ \t|]{2,})?\**(?:Số|SỐ)(?: hiệu| ký hiệu|, ký hiệu| hiệu văn bản| và ký hiệu)?\**[ \t]{0,3}[:.]?\**[ \t|\n]{0,8}$"
)
_OWN_AFTER = re.compile(r"\**[ \t|]{0,80}(?:$|\n|[^\n]{0,60}?,?\s{0,2}ngày|[ \t]{2,}|\t)")
_TYPE_CELL = re.compile(  # a row of a table that lists documents
    r"\|\s*(?:Nghị quyết|Nghị định|Quyết định|Thông tư|Chỉ thị|Kế hoạch|Công văn|Luật|Báo cáo|Tờ trình|Chương trình|Hướng dẫn|Thông báo"
    r"|Kết luận|Đề án)\s*\|"
)
_LAW_WORD = re.compile(
    r"(?<!\w)(?:Bộ luật|BỘ LUẬT|Luật|LUẬT|Pháp lệnh|PHÁP LỆNH|Nghị quyết|NGHỊ QUYẾT|Hiến pháp)(?!\w)"
)
_BARRED = re.compile(r"[;!?\n]|\.(?=[ \n][A-ZĐ])|\d/[A-ZĐ\d]|\d-[A-ZĐ]")
_ISSUER_SHAPE = re.compile(r"(?:UB|VP|S|B|TC|HĐ|BCĐ|BQL|CC|TT|C)[A-ZĐ&.]{1,10}g?V?$")
_TYPES_OF_QH = {"bộ luật": "Bộ luật", "luật": "Luật", "pháp lệnh": "Pháp lệnh", "nghị quyết": "Nghị quyết"}
_MODIFIERS = frozenset(("khẩn", "mật", "hỏa", "tốc", "riêng", "chung", "chuyên", "ngành", "liên", "nêu", "nói", "trên"))


def draft_of(clean: str, found: Found, last: Draft | None, data: Path | None) -> Draft | None:
    """The draft of the number ``found``, or None where it is no citation: the document's own number, or
    letters in the shape of a công văn that nothing vouches for."""
    start, end, number = found
    vocabulary = load(data)
    begin = max(last.number_end if last else 0, start - _REACH)
    core, so = _without_so(clean[begin:start])
    direct = _type_word(core, number, vocabulary)
    if direct and direct[0].name == "Văn bản" and number.type_code:
        direct = None  # “các văn bản: 12/KH-UBND”: a general word, the code says more
    if direct and not _agrees(direct[0], number) and core[direct[1]].islower():
        draft = _without_type_word(clean, found, last, so, data)
        if draft and draft.type_stated:
            draft.number = number
            return draft
    if direct:
        draft = Draft(begin + direct[1], start, end, direct[0].name)
        if not _agrees(direct[0], number):
            draft.reasons.append("mismatch")
    else:
        draft = _without_type_word(clean, found, last, so, data)
    if draft is not None:
        draft.number = number
    return draft


def _without_so(left: str) -> tuple[str, bool]:
    """The text before a number without “số:”, and whether “số” stood there (its marks may be lost)."""
    core = left.rstrip(' \t\n:.(“"*')
    for length in (2, 1):
        word, before = core[-length:], core[-length - 1 : -length]
        if word.lower() in _NUMBER_WORDS and not before.isalnum():
            return core[:-length].rstrip(" \t\n:.("), True
    return core, False


def _type_word(core: str, number: Number | None, vocabulary: Vocabulary) -> tuple[Word, int] | None:
    """The type word that ends ``core`` and the place where it starts; the longest one that agrees with the
    number's code, else the longest one at all."""
    parts = core[-42:].split()[-6:]
    fallback: tuple[Word, int] | None = None
    while parts:
        for count in vocabulary.endings.get(fold_word(parts[-1]).lstrip(_OPEN_MARKS), ()):
            found = _word_of(core, parts[-count:], vocabulary) if count <= len(parts) else None
            if found and (number is None or _agrees(found[0], number)):
                return found
            fallback = fallback or found
        if fallback or parts.pop().lower() not in _MODIFIERS:
            break
    return fallback


def _word_of(core: str, parts: list[str], vocabulary: Vocabulary) -> tuple[Word, int] | None:
    chosen = [_unglued(parts[0].lstrip(_OPEN_MARKS), len(parts)), *parts[1:]]
    word = vocabulary.words.get(fold_word(" ".join(chosen)))
    if word is None or (word.short and not chosen[-1].isupper() and chosen[-1] not in ("CTr", "TTr")):
        return None
    if "QH" in word.codes and word.name != "Nghị quyết" and chosen[0][:1].islower():
        return None  # “văn bản quy phạm pháp luật số …” names no law
    at = _place(core, parts, chosen[0])
    return None if at is None else (word, at)


def _unglued(first: str, count: int) -> str:
    """“theoQuyết” (words run together by recognition) → “Quyết”."""
    if count == 2 and first[1:] != first[1:].lower() and not first.isupper():
        for place in range(len(first) - 1, 0, -1):
            if first[place].isupper() and first[place - 1].islower():
                return first[place:]
    return first


def _place(core: str, parts: list[str], first: str) -> int | None:
    at = len(core)
    for part in reversed(parts):
        at = core.rfind(part, 0, at)
        if at < 0:
            return None
    return at + len(parts[0]) - len(first)


def _agrees(word: Word, number: Number) -> bool:
    if number.system == "QH":
        return "QH" in word.codes
    return number.type_code in word.codes


def _without_type_word(clean: str, found: Found, last: Draft | None, so: bool, data: Path | None) -> Draft | None:
    start, end, number = found
    if last is not None and (link := _LINKS.match(clean, last.end)) and link.end() >= start > last.end:
        first = link.end() if not so else _so_start(clean, start)
        same = last.number is not None and last.number.type_code == number.type_code
        draft = Draft(first, start, end, last.type if same else _default_type(number, data))
        draft.continued = True
        return draft
    if _is_own_number(clean, start, end):
        return None
    far = _far_type(clean, found, last, so, data)
    if far:
        return far
    if number.system == "CV" and not _vouched(number, so, data):
        return None
    draft = Draft(_so_start(clean, start) if so else start, start, end, _default_type(number, data))
    draft.type_stated = False
    return draft


def _so_start(clean: str, start: int) -> int:
    found = re.compile(r"(?:số|Số|SỐ)[: .]{0,3}$").search(clean, max(0, start - 8), start)
    return found.start() if found else start


def _vouched(number: Number, so: bool, data: Path | None) -> bool:
    if not number.unit or not number.issuers:
        return False
    return number.issuers[0] in load(data).issuers or bool(_ISSUER_SHAPE.match(number.issuers[0]))


def _default_type(number: Number, data: Path | None) -> str:
    if number.system == "QH":
        return "Luật" if number.issuers == ("QH",) else "Nghị quyết"
    kind = load(data).types.get(number.type_code)
    return kind.name if kind else "Công văn"


def _is_own_number(clean: str, start: int, end: int) -> bool:
    """“Số: 215/BC-SKHCN” alone at the head of a document, or beside the place and date."""
    if not (_OWN.search(clean, max(0, start - 120), start) and _OWN_AFTER.match(clean, end, end + 170)):
        return False
    line = clean[clean.rfind("\n", 0, start) + 1 : start]
    return "|" not in line or not _TYPE_CELL.search(line)


def _far_type(clean: str, found: Found, last: Draft | None, so: bool, data: Path | None) -> Draft | None:
    """“Luật An ninh mạng số 24/2018/QH14”, “Quyết định của Thủ tướng Chính phủ số 709/QĐ-TTg”: the type word
    parted from its number by the title or the issuer."""
    start, end, number = found
    low = max(last.end if last else 0, start - _FAR)
    for barred in _BARRED.finditer(clean, low, start):
        low = barred.end()
    if number.system == "QH":
        return _law_before(clean, low, start, end)
    if not so:
        return None
    word = None
    for candidate in _capital_words(number.type_code, data).finditer(clean, max(low, start - 110), start):
        word = candidate
    if word is None:
        return None
    name = load(data).words[fold_word(" ".join(word.group().split()))].name
    draft = Draft(word.start(), start, end, name)
    issuer = issuer_after(clean, word.end())
    draft.issuer = issuer[0] if issuer else None
    return draft


@lru_cache(maxsize=512)
def _capital_words(code: str, data: Path | None) -> re.Pattern[str]:
    """The type words of a code, with a capital, longest first."""
    vocabulary = load(data)
    names = {w.name for w in vocabulary.words.values() if code in w.codes and not w.short}
    ordered = sorted(names, key=len, reverse=True) or ["Công văn"]
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, ordered)) + r")(?!\w)")


def _law_before(clean: str, low: int, start: int, end: int) -> Draft | None:
    found = None
    for candidate in _LAW_WORD.finditer(clean, low, start):
        if found is not None and re.search(r"(?:của|điều)[ \n]{1,2}$", clean[found.end() : candidate.start()]):
            continue
        found = candidate
    if found is None:
        return None
    kind = _TYPES_OF_QH.get(found.group().lower())
    if kind is None:
        return None
    title = re.sub(r"(?:\(|,)?\s*(?:luật\s*)?số\s*:?\s*$", "", clean[found.end() : start].strip(), flags=re.I)
    title = re.sub(r"\s+năm\s+\d{4}\s*$", "", title.strip(" (,")).strip(" (,")
    draft = Draft(found.start(), start, end, kind)
    draft.title = " ".join(title.split()) or None
    return draft


def type_word_before(clean: str, at: int, data: Path | None) -> tuple[str, int] | None:
    """The type word that ends at ``at`` (spaces allowed) and its start, whatever number follows."""
    begin = max(0, at - _REACH)
    core = clean[begin:at].rstrip()
    found = _type_word(core, None, load(data))
    return (found[0].name, begin + found[1]) if found else None
