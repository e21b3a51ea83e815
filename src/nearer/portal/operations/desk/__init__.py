"""What a therapist writes at their desk, through other rooms' faces."""
