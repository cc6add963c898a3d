"""Who does what to whom, read and held against another text; see `role`."""
