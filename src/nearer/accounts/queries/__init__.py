"""Reading about clients, and about people who sign in."""
