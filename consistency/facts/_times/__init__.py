"""Days, hours and periods; see `date` and `clock`."""
