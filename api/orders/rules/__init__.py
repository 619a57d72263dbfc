"""Decisions about orders: pure, no database and no wire."""
