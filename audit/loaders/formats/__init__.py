"""A module a format: its name, its suffixes, how it is told by content, and what reads it."""
