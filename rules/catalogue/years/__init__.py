"""Y: one year's report against those before it."""
