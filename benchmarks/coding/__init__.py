"""How well and how fast statements are coded."""
