"""Changing what a shop chose."""
