"""Which issuer the words on a document name, by the names that hold on its day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from django.db.models import Q

from cancu.core.dated import valid_on

from .models import Issuer
from .names import plain_name

_PLACE = re.compile(r"\b(?:TỈNH|THÀNH PHỐ|TP\.?|HUYỆN|THỊ XÃ|XÃ|PHƯỜNG)\s+(?P<name>.+)$")


def issuer_named(words: str, parent: str, symbol: str, day: dt.date | None) -> Issuer | None:
    """The one issuer of ``day`` that the head names: by its words, with the parent's place where the head leaves
    it out, else by the letters of the number where one issuer alone bears them. None where none or several fit."""
    known = list(Issuer.objects.filter(valid_on(day)) if day else Issuer.objects.filter(valid_until=None))
    wanted = [plain_name(words), *([plain_name(f"{words} {_place_of(parent)}")] if parent else [])]
    by_name = [i for i in known if plain_name(i.name) in wanted]
    if not by_name and words:
        by_name = [
            i
            for i in known
            if any(
                len(w) > 5 and (plain_name(i.name).startswith(f"{w} ") or w.startswith(f"{plain_name(i.name)} "))
                for w in wanted
            )
        ]
    if len(by_name) == 1:
        return by_name[0]
    if words and not by_name:
        return None
    by_symbol = [i for i in by_name or known if symbol and i.symbol == symbol]
    return by_symbol[0] if len(by_symbol) == 1 else None


def _place_of(parent: str) -> str:
    """“UBND TỈNH QUẢNG TRỊ” → “TỈNH QUẢNG TRỊ”."""
    found = _PLACE.search(parent.upper())
    return found.group() if found else ""


def name_in_words(capitals: str) -> str:
    """The name of a head in capitals as a sentence writes it (Decree 30/2020, Annex II): names of places keep their
    capitals, the type word and the first letter of each function phrase have one; a proposal to correct by hand.

    >>> name_in_words("ỦY BAN NHÂN DÂN TỈNH QUẢNG NGÃI")
    'UBND tỉnh Quảng Ngãi'
    """
    if not capitals.isupper():
        return capitals
    text = re.sub(
        r"^[UỦ][YỶ] BAN NHÂN DÂN\b|^UỶ BAN NHÂN DÂN\b", "UBND", re.sub(r"^HỘI ĐỒNG NHÂN DÂN\b", "HĐND", capitals)
    )
    place = _PLACE.search(text)
    head, tail = (text[: place.start()], text[place.start() :]) if place else (text, "")
    known = _known_names().get(plain_name(head))
    words = known or " ".join(
        w if w in ("UBND", "HĐND") else (w.capitalize() if n == 0 else w.lower()) for n, w in enumerate(head.split())
    )
    if place:
        kind = tail[: tail.index(place["name"])].strip().lower()
        words = f"{words} {kind} {' '.join(p.capitalize() for p in place['name'].split())}"
    return words.strip()


def name_proposed(words: str, parent: str) -> str:
    """The name of a body that the register does not know: with the place of its parent where it names none itself.

    >>> name_proposed("SỞ NỘI VỤ", "UBND TỈNH QUẢNG TRỊ")
    'Sở Nội vụ tỉnh Quảng Trị'
    """
    name, place = name_in_words(" ".join(words.split())), _place_of(" ".join(parent.split()))
    return name if not place or _PLACE.search(words.upper()) else f"{name} {name_in_words('X ' + place)[2:]}"


def _known_names() -> dict[str, str]:
    from vanban.vocabulary import load

    return {plain_name(i.name): i.name for i in load().issuers.values()}


def level_of(symbol: str, party: bool) -> str:
    """The level that the letters of a number speak of, for an issuer that the register does not know yet."""
    from vanban.vocabulary import load

    if party:
        return "central_party" if symbol == "TW" else "province_party"
    known = load().issuers.get(symbol)
    if symbol in ("UBND", "HĐND"):
        return {"UBND": "province_committee", "HĐND": "province_council"}[symbol]
    return "central_state" if known and known.level == "trung_uong" else "province_body"


def issuer_for(name: str, day: dt.date, symbol: str, party: bool = False) -> Issuer:
    """The issuer of that very name on ``day``; made, with the level that the number's letters speak of, where the
    register has none. Names are compared without marks and case."""
    wanted = plain_name(name)
    for issuer in Issuer.objects.filter(valid_on(day)):
        if plain_name(issuer.name) == wanted:
            return issuer
    code = _free_code(
        symbol or "CQ", Issuer.objects.filter(Q(code__startswith=symbol or "CQ")).values_list("code", flat=True)
    )
    return Issuer.objects.create(
        code=code, name=name.strip(), symbol=symbol[:30], level=level_of(symbol, party), valid_from=dt.date(1945, 9, 2)
    )


def _free_code(stem: str, taken: Iterable[str]) -> str:
    known, number = set(taken), 1
    while f"{stem[:30]}-{number}" in known:
        number += 1
    return f"{stem[:30]}-{number}"
