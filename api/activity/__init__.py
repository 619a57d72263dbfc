"""What happened, what is under way, and what waits for a person: operations, the audit list, exceptions."""
