"""The long work that pages of the desk ask for."""

from cancu.core.sheets import run
from cancu.desk import bulk

__all__ = ["bulk", "run"]
