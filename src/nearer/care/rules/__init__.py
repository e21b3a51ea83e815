"""The arithmetic of the journey: answers in a token, the zones they are read in, the stages of a booking."""
