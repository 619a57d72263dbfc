"""Finds out on real accounts which documented assumptions about both vendors hold: `platen check-vendors`."""
