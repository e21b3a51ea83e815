"""The therapist’s desk and the operator’s desk."""
