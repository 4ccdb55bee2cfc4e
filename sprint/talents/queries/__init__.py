"""Reading the pool: what recruiters may see (`cards`, `pool`), who they are, what the person reads of it (`mine`)."""
