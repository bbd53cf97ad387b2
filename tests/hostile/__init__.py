"""Broken and malicious input: one file costs itself, is told of plainly, and reaches nothing."""
