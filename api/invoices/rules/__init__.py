"""From pinned orders to an invoice, as pure functions: wanted state, proof to the cent, difference to the shop's books."""
