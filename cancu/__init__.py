"""Căn Cứ: the department's system. Arrows go one way; see docs/develop/folders.md."""
