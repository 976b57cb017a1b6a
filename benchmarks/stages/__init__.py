"""How long the stages take, per document, beside reading and decoding the same files."""
