"""What the events and the exceptions mean, in plain words (pure)."""
