"""What we need of the two vendors, in our words (ports), and one adapter per vendor."""
