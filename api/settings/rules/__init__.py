"""What a shop's choices mean, as pure functions: sizes, defaults, names and dates of new invoices."""
