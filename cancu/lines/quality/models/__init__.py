"""Registers of quality: dossiers with their products, campaigns with their visits."""

from .campaigns import Campaign, GoodsCheck, InstrumentCheck, Visit
from .dossiers import AuthorisedUnit, Declaration, Exemption, ImportRegistration, ProductLine

__all__ = [
    "AuthorisedUnit",
    "Campaign",
    "Declaration",
    "Exemption",
    "GoodsCheck",
    "ImportRegistration",
    "InstrumentCheck",
    "ProductLine",
    "Visit",
]
