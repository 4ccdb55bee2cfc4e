"""What people say about their coming: image rights, meals and access, the code of conduct. Seats are another matter."""
