"""Figures of a text: value in base units, unit, what is counted, qualifier, kind."""

from vanban.quantities.find import Quantity, find_quantities

__all__ = ["Quantity", "find_quantities"]
