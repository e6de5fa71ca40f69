"""The rules of the house, each shown to fail on a planted violation."""
