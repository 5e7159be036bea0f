"""Forms and entries as shown."""
