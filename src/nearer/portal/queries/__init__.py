"""Reading for the desks, through other rooms’ faces."""
