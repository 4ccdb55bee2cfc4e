"""The grid of a day in the organisers' hands."""
