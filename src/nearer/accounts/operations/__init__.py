"""Everything that writes about clients."""
