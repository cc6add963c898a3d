"""Sources lost, changed or brought in; see `attribution`."""
