"""What crosses the wire about settings: the two tabs, the contacts of stores, and the choices read from Printavo."""
