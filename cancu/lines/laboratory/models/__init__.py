"""Registers of the laboratory: instruments and acts, samples and results."""

from .measuring import Instrument, Request, Standard, Verification, VerifierCard
from .testing import Result, Sample, Test

__all__ = ["Instrument", "Request", "Result", "Sample", "Standard", "Test", "Verification", "VerifierCard"]
