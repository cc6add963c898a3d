"""Figures, units and shares; see `quantity`."""
