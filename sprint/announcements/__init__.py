"""What organisers tell: a letter to a group, a notice of the moment; and telling whoever asked when registration opens."""
