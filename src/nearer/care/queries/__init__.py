"""What the journey reads: answers to a search, and bookings."""
