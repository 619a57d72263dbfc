"""Purchasing: what both sides say of the goods of every line (B1 to B3), and Printavo's status set from here (B4)."""
