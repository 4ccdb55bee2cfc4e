"""Proposals as organisers read them, questions as mentors answer them."""
