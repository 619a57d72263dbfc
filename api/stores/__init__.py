"""Online stores and which of them are shared (S1 to S5)."""
