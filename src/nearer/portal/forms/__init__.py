"""Words to values."""
