"""Joining one InkSoft account with one Printavo account (L1 to L8)."""
