"""Preparing an edition: reading a whole one from a file."""
