"""The organisers’ side of preparing editions: their life, their days, making one after another."""
