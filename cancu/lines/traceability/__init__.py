"""Truy xuất nguồn gốc: participants, their products and connections to the national portal."""
