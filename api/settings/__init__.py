"""What a shop chooses once: statuses, contacts, dates, size and method maps."""
