"""The claims step: text to figures."""
