"""Organisers take back what they did a moment ago, before anybody is told."""
