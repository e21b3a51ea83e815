"""Everything that two people and one time write: each act locks the couple, then its bookings, then the diary."""
