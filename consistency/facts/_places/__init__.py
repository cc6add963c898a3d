"""What is known of places; see `place`."""
