"""Tiêu chuẩn, đo lường, chất lượng: declarations of conformity, imported goods, exemptions, authorised units, inspection campaigns."""
