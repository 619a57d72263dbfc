"""What the simulated InkSoft knows: accounts, stores, goods, artwork, orders, and how an order's money adds up."""
