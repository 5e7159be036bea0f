"""What can be granted, known to every process: the web server, the workers, the demonstration."""

from app.expenses import approving as expenses
from app.handovers import approving as handovers
from app.quotes import approving as quotes

__all__ = ["expenses", "handovers", "quotes"]
