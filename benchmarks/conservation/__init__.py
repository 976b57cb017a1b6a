"""Whether every byte of any input is accounted for exactly once, whatever the input is."""
