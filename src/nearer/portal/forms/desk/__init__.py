"""What a therapist types at their desk."""
