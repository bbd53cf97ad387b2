"""P: figures that the law makes unlikely."""
