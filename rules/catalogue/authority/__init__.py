"""L: what a unit may do by law."""
