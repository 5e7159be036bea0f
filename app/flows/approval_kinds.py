"""What can be granted, known to every process: the web server, the workers, the demonstration."""

from app.forms import approving as forms
from app.handovers import approving as handovers
from app.quotes import approving as quotes

__all__ = ["forms", "handovers", "quotes"]
