"""Questions about readings."""
