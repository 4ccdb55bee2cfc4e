"""Signing in and out, one's devices, and the demonstration's provider."""
