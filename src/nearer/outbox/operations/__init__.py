"""Leaving messages, and sending them."""
