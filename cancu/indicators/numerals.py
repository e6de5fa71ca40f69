"""Numbers as official documents write them: dot for thousands, comma for decimals, 01–09 in house style."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal


def say_number(value: int | Decimal, decimals: int = 0, padded: bool = True) -> str:
    """``10036`` → “10.036”; ``15.5`` → “15,5”; ``5`` → “05” when ``padded`` (house style of the department).

    Decimals the value really has are always shown; ``decimals`` only asks for more."""
    number = Decimal(value)
    places = max(decimals, -int(number.normalize().as_tuple().exponent), 0)
    number = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    whole, _point, fraction = f"{abs(number):f}".partition(".")
    grouped = f"{int(whole):,}".replace(",", ".")
    if padded and not fraction and 0 < number < 10:
        grouped = f"0{grouped}"
    return ("-" if number < 0 else "") + grouped + (f",{fraction}" if fraction else "")


def parse_number(words: str) -> Decimal:
    """“10.036” → 10036; “15,5” → 15.5. Raises decimal.InvalidOperation where there is no number."""
    return Decimal(words.rstrip(".").replace(".", "").replace(",", "."))
