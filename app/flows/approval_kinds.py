"""What can be granted, known to every process: the web server, the workers, the demonstration."""

from app.advances import approving as advances
from app.expense_requests import approving as expense_requests
from app.expenses import approving as expenses
from app.forms import approving as forms
from app.handovers import approving as handovers
from app.quotes import approving as quotes

__all__ = ["advances", "expense_requests", "expenses", "forms", "handovers", "quotes"]
