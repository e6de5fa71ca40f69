"""Tests that cross folders: rules of the house, sample cases, stories."""
