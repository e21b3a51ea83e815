"""What the desks write; other rooms’ tables through their faces."""
