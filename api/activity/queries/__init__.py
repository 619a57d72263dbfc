"""Questions about operations, events and exceptions."""
