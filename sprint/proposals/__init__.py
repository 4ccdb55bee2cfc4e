"""Tracks proposed by their teams: drafted, sent, read again by organisers, published."""
