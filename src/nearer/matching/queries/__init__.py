"""What matching can be asked: who is out of date, who fits, and why someone does or doesn't."""
