"""Decisions about storefronts: pure, no database and no wire."""
