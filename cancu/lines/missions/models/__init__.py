"""Registers of S&T missions: the missions and proposals themselves, and what happens to them on their way."""

from .course import Council, CouncilMember, Milestone, Payment
from .missions import Mission, Proposal

__all__ = ["Council", "CouncilMember", "Milestone", "Mission", "Payment", "Proposal"]
