"""What can be granted, known to every process: the web server, the workers, the demonstration."""

from app.handovers import approving

__all__ = ["approving"]
