"""What can be done with approvals and the flows they go through."""
