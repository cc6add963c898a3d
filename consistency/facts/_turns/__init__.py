"""What turns the sense of a text: denials, opposites and contrasts, told alike or the other way round; see `turns`."""
