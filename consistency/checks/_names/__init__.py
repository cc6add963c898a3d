"""Names and places held against each other; see `name` and `place`."""
