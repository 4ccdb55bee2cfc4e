"""What teams see of their proposals, and who is invited to mentor them."""
