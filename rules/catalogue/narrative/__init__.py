"""Family N: the text against the tables."""
