"""Words that every room shares, in plain Python."""
