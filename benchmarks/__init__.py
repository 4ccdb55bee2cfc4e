"""Measures: pages beside bare ones, memory, start, reads during a flood of writes. `make bench`."""
