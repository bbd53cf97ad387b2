"""V: how the cells are filled in."""
