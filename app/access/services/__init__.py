"""What can be done about access: one module per noun."""
