"""Orders of the stores: the latest copy, the order feed, the pinned versions (O1 to O3, F3, A4)."""
