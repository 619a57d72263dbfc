"""What is done to readings: opened, moved on with what was read, finished."""
