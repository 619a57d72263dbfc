"""Reading the store platform: discovery, first import, incremental reads, sync runs (I9)."""
