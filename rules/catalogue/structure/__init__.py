"""S: the form's sections, tables, rows, columns and edition, and what the text must say."""
