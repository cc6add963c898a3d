"""The ways in which a hedge is lost; see `hedge`."""
