"""What is asked of matching and what it answers: values, with the words that go with them."""
