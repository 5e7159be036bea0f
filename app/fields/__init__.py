"""Fields that a company adds to its records by itself: how they are defined, filled, shown and found by."""
