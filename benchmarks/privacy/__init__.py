"""How well identifying details are kept out, and how often clean text is held."""
