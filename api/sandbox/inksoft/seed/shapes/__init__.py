"""Every odd shape real data has, each made once per account's shape store and findable by its name."""
