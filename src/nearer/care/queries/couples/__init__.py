"""Reading what two people have in common, each one's own, and what fits both."""
