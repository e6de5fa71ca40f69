"""Thanh tra, kiểm tra, tiếp công dân: cases with their subjects, sanctions with their source, receptions and petitions."""
