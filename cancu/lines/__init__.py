"""One folder per line of work. Adding a line is adding a folder."""
