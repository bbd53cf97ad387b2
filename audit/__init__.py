"""The machinery of nianbao: from files to findings. What is demanded stands in `rules`."""

__version__ = "0.1.0"
