"""F: whether a file could be read, and read with certainty."""
