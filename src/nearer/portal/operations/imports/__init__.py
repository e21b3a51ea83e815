"""Imports: one way of reading, from the command line and from the desk."""
