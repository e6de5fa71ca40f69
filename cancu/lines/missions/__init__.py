"""Nhiệm vụ KH&CN: proposals, missions, their councils, milestones and payments."""
