"""Hợp tác quốc tế: delegations out and in, partners, agreements and international events."""
