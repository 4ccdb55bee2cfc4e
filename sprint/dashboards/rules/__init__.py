"""What is wrong with an edition, and what its figures say: pure."""
