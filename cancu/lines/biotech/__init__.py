"""Công nghệ sinh học: microbial preparations, their batches, issue slips and handed-over models."""
