"""The frame of every page: doors, audiences, templates, forms, headers, error pages. It knows no feature but people."""
