"""The Vietnamese syllable: validity, tone placement, folding without marks, collation.

Syllable = onset? + rhyme + tone, by the closed lists of 27 written onsets and 161 rhymes and the spelling
rules between them. Valid-but-wrong syllables (“chuyên” for “chuyển”) pass; so do ethnic names only where they
are listed. Acronyms, Roman numerals and foreign words are not syllables: callers skip them (``is_word``).
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Literal

ONSETS = tuple("b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x".split())  # noqa: SIM905
RHYMES = tuple(
    """a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu
    iêc iêm iên iêng iêp iêt iêu o oc oi om on ong op ot oong ooc
    oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet
    ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uc ui um un ung up ut
    uân uâng uât uây uê uêch uênh uêu uơ uôc uôi uôm uôn uông uôt
    uy uya uych uynh uyt uyn uyp uyu uyên uyêt ư ưa ưc ưi ưm ưn ưng ưt ưu
    ươc ươi ươm ươn ương ươp ươt ươu y yêm yên yêng yêt yêu""".split()  # noqa: SIM905
)
TONES = {"\u0300": "huyền", "\u0301": "sắc", "\u0303": "ngã", "\u0309": "hỏi", "\u0323": "nặng"}
_MARKS = {tone: mark for mark, tone in TONES.items()}
_STOPS = ("c", "ch", "p", "t")
_STOP_TONES = frozenset(("sắc", "nặng"))
_ETHNIC = frozenset(("krông", "đăk", "lăk", "đak", "lak"))
_VOWELS = "aăâeêioôơuưy"
Place = Literal["none", "both", "old", "new", "wrong"]


@lru_cache(maxsize=1)
def _tone_table() -> dict[int, tuple[str, str]]:
    """Code point of a toned vowel → (vowel without tone, tone)."""
    table = {}
    for vowel in _VOWELS:
        for mark, tone in TONES.items():
            table[ord(unicodedata.normalize("NFC", vowel + mark))] = (vowel, tone)
    return table


@lru_cache(maxsize=1)
def _forms() -> dict[str, tuple[str, str]]:
    """Every valid written form without tone → (onset, rhyme)."""
    forms = {rhyme: ("", rhyme) for rhyme in RHYMES if not rhyme.startswith("iê")}
    for onset in ONSETS:
        for rhyme in RHYMES:
            written = _written(onset, rhyme)
            if written:
                forms.setdefault(written, (onset, rhyme))
    return forms


def _written(onset: str, rhyme: str) -> str:
    """How onset and rhyme are written together; empty when the spelling rules forbid the pair."""
    first = rhyme[0]
    front = first in "ieêy"
    glide = rhyme.startswith(("oa", "oă", "oe", "uâ", "uê", "uy")) or rhyme == "uơ"
    if onset == "qu":
        if glide:
            return "qu" + rhyme[1:]
        return "qu" + rhyme if rhyme in ("ôc", "i", "it", "in", "inh", "iu") else ""
    if rhyme.startswith("y"):
        return onset + rhyme if rhyme == "y" and onset not in ("c", "g", "gh", "gi", "ng", "ngh") else ""
    if onset == "gi":
        return "g" + rhyme if first == "i" else "gi" + rhyme
    if onset in ("k", "gh", "ngh"):
        return onset + rhyme if front else ""
    if onset in ("c", "g", "ng") and front:
        return ""
    return "" if onset == "c" and glide else onset + rhyme


def split_tone(word: str) -> tuple[str, str, int]:
    """(word without tone, tone, index of the toned letter) of a lower-case NFC word.

    The tone is “ngang” with index -1 where there is none, and “” when the word carries two."""
    table, tone, place = _tone_table(), "ngang", -1
    letters = []
    for index, letter in enumerate(word):
        found = table.get(ord(letter))
        if found is None:
            letters.append(letter)
            continue
        letters.append(found[0])
        tone, place = (found[1], index) if tone == "ngang" else ("", index)
    return "".join(letters), tone, place


@lru_cache(maxsize=16384)
def is_syllable(word: str) -> bool:
    """Whether ``word`` (any case, NFC) is a Vietnamese syllable. Tone placement is not judged here."""
    word = word.lower()
    base, tone, _place = split_tone(word)
    form = _forms().get(base)
    if form is None:
        return base in _ETHNIC
    return bool(tone) and (tone in _STOP_TONES or not form[1].endswith(_STOPS))


@lru_cache(maxsize=16384)
def tone_place(word: str) -> Place:
    """Where the tone mark stands: ``old`` (hòa, thủy), ``new`` (hoà, thuỷ), ``both`` when the styles agree,
    ``wrong`` when neither allows it (tóan), ``none`` for a word without tone or not a syllable."""
    base, _tone, place = split_tone(word.lower())
    form = _forms().get(base)
    if form is None or place < 0:
        return "none"
    old, new = _places(base, *form)
    if old == new:
        return "both" if place == old else "wrong"
    return "old" if place == old else "new" if place == new else "wrong"


def _places(base: str, onset: str, rhyme: str) -> tuple[int, int]:
    """Index of the toned letter in the old and in the new style."""
    start = len(base) - len(rhyme)
    if onset == "qu":
        start = 2
        rhyme = base[2:]
    elif onset == "gi" and base.startswith("gi"):
        start, rhyme = (2, base[2:]) if len(base) > 2 and base[2] in _VOWELS and rhyme[0] != "i" else (1, base[1:])
    vowels = len(rhyme) - len(rhyme.lstrip(_VOWELS))
    nucleus, closed = rhyme[:vowels], vowels < len(rhyme)
    for index, letter in enumerate(nucleus):
        if letter in "ăâêôơ":
            return start + index, start + index
    if "ư" in nucleus:
        return start + nucleus.index("ư"), start + nucleus.index("ư")
    if vowels == 1:
        return start, start
    if closed or vowels == 3:
        return start + 1, start + 1
    if nucleus in ("oa", "oe", "uy"):
        return start, start + 1
    return start, start


def with_tone(base: str, tone: str, style: Literal["old", "new"] = "old") -> str:
    """A toneless syllable with its tone put where the style wants it: hoa + huyền → hòa (old), hoà (new)."""
    if tone == "ngang":
        return base
    onset, rhyme = _forms()[base]
    place = _places(base, onset, rhyme)[style == "new"]
    return base[:place] + unicodedata.normalize("NFC", base[place] + _MARKS[tone]) + base[place + 1 :]


def restyled(word: str, style: Literal["old", "new"] = "old") -> str:
    """A lower-case syllable in the given tone style; anything that is not a syllable comes back unchanged."""
    base, tone, _place = split_tone(word)
    return with_tone(base, tone, style) if tone and is_syllable(word) and base in _forms() else word


def is_word(token: str) -> bool:
    """Whether a token claims to be Vietnamese: letters only, lower case or capitalised, none of f j w z.

    Acronyms (UBND), mixed case (TTg), Roman numerals and tokens with digits are not judged as syllables."""
    tail = token[1:]
    return token.isalpha() and tail == tail.lower() and not set(token.lower()) & set("fjwz") and len(token) < 8


@lru_cache(maxsize=1)
def _fold_table() -> dict[int, str]:
    table = {ord("đ"): "d", ord("Đ"): "D", ord("ð"): "d", ord("Ð"): "D"}
    table |= {ord(mark): "" for mark in "\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323"}
    for code in (*range(0xC0, 0x250), *range(0x1EA0, 0x1EFA)):
        plain = "".join(c for c in unicodedata.normalize("NFD", chr(code)) if not unicodedata.combining(c))
        if plain != chr(code):
            table.setdefault(code, plain)
    return table


def fold(text: str) -> str:
    """Letters without marks, đ as d, case kept: “Quyết định” → “Quyet dinh”. Takes NFC and NFD."""
    return text.translate(_fold_table())


_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONE_ORDER = {"ngang": 0, "huyền": 1, "hỏi": 2, "ngã": 3, "sắc": 4, "nặng": 5}


@lru_cache(maxsize=1)
def _collation_table() -> dict[str, tuple[int, int, int]]:
    """Letter → (primary, tone, case) weights in the order of the Vietnamese alphabet."""
    table = {}
    for rank, letter in enumerate(_ALPHABET):
        toned = {"ngang": letter}
        if letter in _VOWELS:
            toned |= {tone: unicodedata.normalize("NFC", letter + mark) for mark, tone in TONES.items()}
        for tone, form in toned.items():
            table[form] = (0x200 + rank, _TONE_ORDER[tone], 0)
            table[form.upper()] = (0x200 + rank, _TONE_ORDER[tone], 1)
    return table


def collation_key(text: str) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    """A sort key in Vietnamese order: letters of the whole text first, then tones (ngang huyền hỏi ngã sắc
    nặng), then case. Digits come before letters, spaces and punctuation before digits.

    >>> sorted(["Đà Lạt", "Da", "Dạ", "An"], key=collation_key)
    ['An', 'Da', 'Dạ', 'Đà Lạt']
    """
    table = _collation_table()
    weights = [table.get(c) or (_other_weight(c), 0, 0) for c in unicodedata.normalize("NFC", text)]
    return tuple(w[0] for w in weights), tuple(w[1] for w in weights), tuple(w[2] for w in weights)


def _other_weight(character: str) -> int:
    if character.isdigit():
        return 0x100 + (unicodedata.digit(character, 0))
    code = ord(character)
    return code if code < 0x100 else 0x300 + code
