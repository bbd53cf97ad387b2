"""Fuzzing: spoilt documents and tables through whole runs. `python -m tests.fuzz --help`."""
