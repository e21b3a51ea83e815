"""Values out, words in: what the templates of the journey show."""
