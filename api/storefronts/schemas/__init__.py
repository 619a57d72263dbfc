"""What crosses the wire about storefronts: shared InkSoft stores, and Printavo's own (Merch)."""
