"""Checks versions of a news story against each other and says which facts broke on the way."""

__version__ = "0.1.0"
