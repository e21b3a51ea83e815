"""Pages that a person reads and uses on their own device; none of them is sent anything."""
