"""Number words in both directions: 25 ↔ “hai mươi lăm”, 1.500.000 ↔ “một triệu năm trăm nghìn”.

Reading takes the variants in use (mốt, tư, lăm, nhăm, bẩy, linh/lẻ, nghìn/ngàn, tỷ/tỉ, chục, rưỡi, phẩy);
writing gives the form of state documents (linh, nghìn, tỷ, hai mươi mốt, hai mươi tư, hai mươi lăm).
"""

from __future__ import annotations

from decimal import Decimal

from vanban.translation import _

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_UNITS = {word: value for value, word in enumerate(DIGITS)} | {
    "mốt": 1,
    "tư": 4,
    "lăm": 5,
    "nhăm": 5,
    "bẩy": 7,
    "dăm": 5,
}
_SCALES = {"nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
_BILLION = ("tỷ", "tỉ")
_ONLY_AFTER_TENS = frozenset(("mốt", "lăm", "nhăm", "dăm"))
_SCALE_NAMES = ((10**9, "tỷ"), (10**6, "triệu"), (10**3, "nghìn"))
WORDS = frozenset(_UNITS) | frozenset(_SCALES) | {"mười", "mươi", "chục", "trăm", "linh", "lẻ", "rưỡi", "phẩy", "âm"}


def to_words(value: int | Decimal) -> str:
    """The number in words. Decimals are read digit by digit after “phẩy”; below zero begins with “âm”.

    >>> to_words(1005), to_words(21), to_words(Decimal("15.5"))
    ('một nghìn không trăm linh năm', 'hai mươi mốt', 'mười lăm phẩy năm')
    """
    if value < 0:
        return "âm " + to_words(-value)
    whole = int(value)
    fraction = format(Decimal(value) % 1, "f")[2:].rstrip("0")
    words = _whole(whole)
    if fraction:
        words += " phẩy " + " ".join(DIGITS[int(digit)] for digit in fraction)
    return words


def _whole(value: int) -> str:
    if value == 0:
        return DIGITS[0]
    out: list[str] = []
    billions, rest = divmod(value, 10**9)
    if billions:
        out += [_whole(billions), "tỷ"]
    for size, name in _SCALE_NAMES[1:]:
        group, rest = divmod(rest, size)
        if group:
            out += [_group(group, leading=not out), name]
    if rest:
        out.append(_group(rest, leading=not out))
    return " ".join(out)


def _group(value: int, leading: bool) -> str:
    """1 … 999; a group that follows another says its empty hundreds (“không trăm linh năm”)."""
    hundreds, rest = divmod(value, 100)
    out = [DIGITS[hundreds], "trăm"] if hundreds or not leading else []
    tens, unit = divmod(rest, 10)
    if tens == 0:
        if unit:
            out += ["linh", DIGITS[unit]] if out else [DIGITS[unit]]
        return " ".join(out)
    out += ["mười"] if tens == 1 else [DIGITS[tens], "mươi"]
    if unit:
        special = {5: "lăm"} if tens == 1 else {1: "mốt", 4: "tư", 5: "lăm"}
        out.append(special.get(unit, DIGITS[unit]))
    return " ".join(out)


def parse(words: str) -> Decimal:
    """The value of a whole number phrase. Raises ValueError where the words are not one number."""
    tokens = words.lower().split()
    value, used = read(tokens)
    if value is None or used != len(tokens):
        raise ValueError(_("“{words}” không phải là một số viết bằng chữ.").format(words=words))
    return value


def read(tokens: list[str]) -> tuple[Decimal | None, int]:
    """(value, tokens used) of the longest number phrase that opens ``tokens`` (lower case, NFC); (None, 0)
    where there is none. Takes time linear in the phrase."""
    if tokens[:1] == ["âm"] and tokens[1:2] != ["âm"]:
        value, used = read(tokens[1:])
        return (None, 0) if value is None else (-value, used + 1)
    billions, below, at = 0, 0, 0
    last, room = 0, 10**9
    while at < len(tokens):
        group, used = _read_group(tokens, at, following=at > 0)
        if not used:
            break
        word = tokens[at + used] if at + used < len(tokens) else ""
        last = 1 if word in _BILLION else _SCALES.get(word, 1)
        if last >= room:
            break
        at += used + (last > 1)
        below, room = below + group * last, last
        if not billions and at < len(tokens) and tokens[at] in _BILLION:
            billions, below, at, last, room = below, 0, at + 1, 10**9, 10**9
        elif last == 1:
            break
    if not at:
        return None, 0
    return _read_tail(tokens, at, Decimal(billions * 10**9 + below), last)


def _read_tail(tokens: list[str], at: int, value: Decimal, scale: int) -> tuple[Decimal, int]:
    """“rưỡi” (half of the last scale) and “phẩy” (decimals, optionally before a scale word)."""
    if at < len(tokens) and tokens[at] == "rưỡi" and (scale >= 1000 or tokens[at - 1] in ("trăm", "chục")):
        base = scale if scale >= 1000 else 100 if tokens[at - 1] == "trăm" else 10
        return value + Decimal(base) / 2, at + 1
    if at + 1 < len(tokens) and tokens[at] == "phẩy" and tokens[at + 1] in _UNITS:
        digits, at = "", at + 1
        while at < len(tokens) and tokens[at] in _UNITS and len(digits) < 12:
            digits, at = digits + str(_UNITS[tokens[at]]), at + 1
        value += Decimal("0." + digits)
        if scale == 1 and at < len(tokens) and tokens[at] in _SCALES:
            value, at = value * _SCALES[tokens[at]], at + 1
    return value, at


def _read_group(tokens: list[str], start: int, following: bool) -> tuple[int, int]:
    """(0 … 999, tokens used) at ``start``; “không trăm”, “linh” may open a group that follows another.

    After tens five is “lăm”: “hai mươi năm” is twenty years, not 25."""
    at, value = start, 0

    def word(offset: int = 0) -> str:
        return tokens[at + offset] if at + offset < len(tokens) else ""

    if word() in _UNITS and word(1) == "trăm" and word() not in _ONLY_AFTER_TENS:
        value, at = _UNITS[word()] * 100, at + 2
        if value == 0 and not following:
            return 0, 0
    if word() in ("linh", "lẻ"):
        if (value or at > start or following) and _UNITS.get(word(1), 0):
            return value + _UNITS[word(1)], at + 2 - start
        return value, at - start
    if word() in ("mười", "chục"):
        value, at = value + 10, at + 1
        if word() in _UNITS and word() not in ("không", "mốt", "tư", "dăm", "năm"):
            value, at = value + _UNITS[word()], at + 1
    elif word() in _UNITS and word(1) in ("mươi", "chục") and word() not in _ONLY_AFTER_TENS | {"không"}:
        value, at = value + _UNITS[word()] * 10, at + 2
        if word() in _UNITS and word() not in ("không", "dăm", "năm"):
            value, at = value + _UNITS[word()], at + 1
    elif word() in _UNITS and (at == start) and word() not in _ONLY_AFTER_TENS | {"tư"}:
        value, at = _UNITS[word()], at + 1
    return value, at - start
