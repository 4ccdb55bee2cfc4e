"""Reading what an import finds, and what the days of an edition hold."""
