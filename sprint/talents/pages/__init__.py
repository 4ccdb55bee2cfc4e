"""What somebody reads and does about their own place in the pool."""
