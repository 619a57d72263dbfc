"""What a fresh sandbox holds: catalogue, accounts, stores, orders, all from one seed number."""
