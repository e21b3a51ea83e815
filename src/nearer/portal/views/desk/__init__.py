"""The therapist's desk: HTTP in, one domain call, HTTP out."""
