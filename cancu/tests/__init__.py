"""Tests of what belongs to no folder: set-up, database supervisor, command line."""
