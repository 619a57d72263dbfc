"""The shop side overview: shared stores with their figures (F2)."""
