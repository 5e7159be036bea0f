"""Approvals and flows as shown."""
