"""Being told when registration opens: an address, confirmed from a letter or proven by an account, written to once, then forgotten."""
