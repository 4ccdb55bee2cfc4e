"""What people do about their own days: taking part, and saying that they come."""
