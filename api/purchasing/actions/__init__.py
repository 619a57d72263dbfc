"""What purchasing does, one verb a function."""
