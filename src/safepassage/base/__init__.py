"""Hold what every room needs: errors, numbers, hours, files, progress, provenance."""
