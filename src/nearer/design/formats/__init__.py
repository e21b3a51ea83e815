"""How a language writes dates and times, where that differs from what Django knows."""
