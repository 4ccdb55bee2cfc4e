"""Letters in the organisers’ hands: what left, and what would."""
