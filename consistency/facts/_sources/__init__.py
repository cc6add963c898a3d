"""Who speaks and with which word; see `reported` and `source`."""
