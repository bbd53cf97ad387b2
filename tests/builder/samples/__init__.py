"""The sample data: a county of our own invention, three years of reports, mistakes as clerks make them."""
