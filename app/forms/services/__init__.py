"""What can be done with forms, and with what is filled in."""
