"""Accent-blind search: “quyet dinh” finds “Quyết định”."""

from __future__ import annotations

import unicodedata


def folded(words: str) -> str:
    """Lower case, marks and đ dropped, spaces single: what searches compare."""
    plain = unicodedata.normalize("NFD", words.replace("đ", "d").replace("Đ", "d").lower())
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())
