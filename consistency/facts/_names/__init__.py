"""Parts of names; see `name`."""
