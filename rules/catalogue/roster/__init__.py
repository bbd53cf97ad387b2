"""R: who has reported, once, and in time."""
