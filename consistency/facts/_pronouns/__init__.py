"""Pronouns and whom they may mean; see `pronoun`."""
