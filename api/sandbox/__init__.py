"""Simulators of the two vendors, as HTTP processes of their own. Nothing here imports the product, or the other way round."""
