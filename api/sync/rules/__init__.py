"""Decisions of reading: pure, no database and no vendor."""
