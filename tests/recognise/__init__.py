"""Tests of what is read out of documents' blocks."""
