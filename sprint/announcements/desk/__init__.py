"""Organisers write to groups, and say what is true for now."""
