"""Chuyển giao công nghệ: the catalogue of processes, training classes and transfer contracts."""
