"""Excel in and out of a register: read, map, tried in full without writing, written in one transaction, undone."""
