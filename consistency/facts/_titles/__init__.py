"""Offices and callings; see `title`."""
