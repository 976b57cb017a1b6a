"""What a release costs, and constructed tables to make releases of."""
