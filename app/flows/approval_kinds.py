"""What can be granted, known to every process: the web server, the workers, the demonstration."""

from app.handovers import approving as handovers
from app.quotes import approving as quotes

__all__ = ["handovers", "quotes"]
