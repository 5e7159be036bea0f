"""How messages to people outside fare: under force (`chaos`), and when there are many of them (`birthdays`)."""
