"""Logging, reading and correcting contributions."""
