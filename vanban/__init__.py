"""vanban: reads, checks and writes Vietnamese official documents. No Django, database, clock or network."""
