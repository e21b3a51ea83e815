"""Values to words, for a therapist's desk."""
