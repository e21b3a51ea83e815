"""The arithmetic of time: what an appointment may become, what hours mean on one day, which openings are left."""
