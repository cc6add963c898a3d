"""Order of events, causes and comparisons; see `order`."""
