"""What assets need from outside: the raw folder, the working tables, the accepted sets. Dagster layer, thin."""
