"""The arithmetic of looking inward: plain Python."""
