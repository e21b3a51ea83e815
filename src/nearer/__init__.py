"""Nearer: from a first honest question about closeness to a first appointment."""
