"""Registering, and what one says about one's coming."""
