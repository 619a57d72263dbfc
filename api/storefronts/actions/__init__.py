"""Keeping a copy of Printavo's own stores (Merch): nothing here writes to a vendor."""
