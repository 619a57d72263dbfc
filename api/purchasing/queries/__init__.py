"""What purchasing asks the database."""
