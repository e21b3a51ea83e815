"""Values in words, for the templates."""
