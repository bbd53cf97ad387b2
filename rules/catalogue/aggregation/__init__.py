"""G: the county's own report against its units'."""
