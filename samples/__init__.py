"""Sample departments, to try the house and to test it."""
