"""What is known of somebody: shown, handed out, erased, forgotten in time. Everything here is read from retention.toml."""
