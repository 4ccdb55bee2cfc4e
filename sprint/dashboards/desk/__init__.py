"""The organisers’ dashboards: what to settle, and figures."""
