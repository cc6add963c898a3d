"""Figures and dates held against each other; see `quantity` and `date`."""
