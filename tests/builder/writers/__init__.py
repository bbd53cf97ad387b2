"""One module a format; each turns a truth into a file in one of the layouts that clerks produce."""
