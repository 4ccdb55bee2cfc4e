"""What the pool allows, and how its closed values are called. Pure."""
