"""What people do about exceptions."""
