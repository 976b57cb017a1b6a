"""Programs that we did not write, on the QDA projects that we write."""
