"""The long work that pages of the desk ask for."""

from cancu.core.sheets import run

__all__ = ["run"]
