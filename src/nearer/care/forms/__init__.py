"""Words in, values out: the questions of the journey."""
