"""Sở hữu trí tuệ: titles of every kind, checks of marks with place names, and initiatives."""
