"""Documentation, and the checks that keep it true."""
