"""Tests of the rules, on datasets made by hand."""
