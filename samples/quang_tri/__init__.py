"""The sample department: small registers as CSV that a person can read and edit, large ones generated."""
