"""Arithmetic of the desks. Plain Python."""
