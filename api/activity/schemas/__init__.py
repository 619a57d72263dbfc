"""What crosses the wire about what happened and what waits for a person."""
