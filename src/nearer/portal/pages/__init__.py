"""Values to words: frozen dataclasses that a template shows."""
