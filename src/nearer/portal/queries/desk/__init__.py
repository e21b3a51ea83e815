"""What a therapist reads at their desk, in a constant number of queries."""
