"""Everything that the journey writes."""
