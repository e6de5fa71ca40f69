"""The words of the trade, read from dated YAML: types of document, issuers, successions.

``load()`` reads ``vanban/data``; ``load(directory)`` reads the files of the same names in that directory on
top, entry by entry: a code given there replaces ours, a new one is added. Read once per directory.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from vanban.translation import _

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Type:
    """A type of document: code in numbers, default name, whether it can be normative, source known or not."""

    code: str
    name: str
    normative: bool = False
    verified: bool = True


@dataclass(frozen=True, slots=True)
class Issuer:
    """An issuer behind a code. ``local``: the name needs a place; ``shared``: several bodies use the code;
    ``party``: numbers are written “20-NQ/TW”. Dates are the first and last day of the name."""

    code: str
    name: str
    level: str = ""
    local: bool = False
    shared: bool = False
    party: bool = False
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None
    verified: bool = True


@dataclass(frozen=True, slots=True)
class Succession:
    """``by`` took over the work of ``code`` after the day ``until``: two issuers, not a misspelling."""

    code: str
    by: str
    until: dt.date
    basis: str = ""
    verified: bool = True


@dataclass(frozen=True, slots=True)
class Word:
    """A type word as it stands before a number, the codes that it agrees with, and whether it is an
    abbreviation (“QĐ số …”)."""

    name: str
    codes: frozenset[str]
    short: bool = False


@dataclass(frozen=True)
class Vocabulary:
    """Everything that reading a number or a citation must look up; see ``load``."""

    types: dict[str, Type]
    words: dict[str, Word]
    issuers: dict[str, Issuer]
    successions: tuple[Succession, ...]
    endings: dict[str, tuple[int, ...]]  # last word of a type word → counts of words, longest first
    folded_types: dict[str, str]
    folded_issuers: dict[str, str]


def fold(code: str) -> str:
    """A code without what typists mix up: case, Đ and D."""
    return code.casefold().replace("đ", "d")


def fold_word(words: str) -> str:
    """A type word in lower case and the old tone style, so that “Giấy uỷ quyền” is “giấy ủy quyền”."""
    lowered = words.lower()
    if "uỷ" in lowered or "oả" in lowered or "oà" in lowered:
        lowered = lowered.replace("uỷ", "ủy").replace("oả", "ỏa").replace("oà", "òa")
    return lowered


@lru_cache(maxsize=8)
def load(directory: Path | None = None) -> Vocabulary:
    """The vocabulary of ``vanban/data``, with the user's files in ``directory`` laid over it.

    Raises ``ValueError`` that names the file and the entry when an entry is not of the documented shape."""
    types: dict[str, Type] = {}
    words: dict[str, Word] = {}
    for path, entry in _entries("types.yaml", directory):
        kind = _make(Type, entry, path, extra=("words", "short"))
        types[kind.code] = kind
        for name in (kind.name, *entry.get("words", ())):
            _add_word(words, name, name, kind.code, short=False)
        for name in entry.get("short", ()):
            _add_word(words, name, kind.name, kind.code, short=True)
    issuers: dict[str, Issuer] = {}
    aliases: dict[str, str] = {}
    for path, entry in _entries("issuers.yaml", directory):
        if "alias" in entry:
            aliases[fold(str(entry["alias"]))] = str(entry.get("code", ""))
        else:
            issuer = _make(Issuer, entry, path)
            issuers[issuer.code] = issuer
    successions = tuple(_make(Succession, e, p) for p, e in _entries("successions.yaml", directory))
    folded_issuers = {fold(code): code for code in reversed(issuers)} | aliases
    folded_types = {fold(code): code for code in reversed(types) if code not in ("", "QH")}
    endings: dict[str, tuple[int, ...]] = {}
    for spelled in words:
        parts = spelled.split()
        counts = {len(parts), *endings.get(parts[-1], ())}
        endings[parts[-1]] = tuple(sorted(counts, reverse=True))
    return Vocabulary(types, words, issuers, successions, endings, folded_types, folded_issuers)


def _add_word(words: dict[str, Word], spelled: str, name: str, code: str, *, short: bool) -> None:
    known = words.get(fold_word(spelled))
    codes = (known.codes if known else frozenset()) | {code}
    if known and not known.short:
        name, short = known.name, False
    words[fold_word(spelled)] = Word(name, codes, short)


def read_yaml(path: Path) -> Any:
    """The plain values of a YAML file; parsed in C where the library was built with it."""
    import yaml

    with path.open(encoding="utf-8") as stream:
        return yaml.load(stream, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506


def _entries(name: str, directory: Path | None) -> list[tuple[Path, dict[str, Any]]]:
    found: list[tuple[Path, dict[str, Any]]] = []
    for path in (DATA / name, *([directory / name] if directory else [])):
        if not path.exists():
            continue
        entries = read_yaml(path)
        if not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
            raise ValueError(_("{path}: phải là một danh sách các mục “- {{code: …}}”.").format(path=path))
        found += [(path, entry) for entry in entries]
    return found


def _make(kind: type[Any], entry: dict[str, Any], path: Path, extra: tuple[str, ...] = ()) -> Any:
    try:
        return kind(**{key: value for key, value in entry.items() if key not in extra})
    except TypeError as error:
        message = _("{path}: mục {entry} không đúng dạng; xem chú thích đầu tệp. ({error})")
        raise ValueError(message.format(path=path, entry=entry, error=error)) from error
