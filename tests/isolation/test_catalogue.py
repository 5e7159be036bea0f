"""Every table is walled, and the checks that say so notice when it is not."""

import pytest

from tests.isolation.catalogue import Catalogue
from tests.isolation.conftest import Connection
from tests.isolation.faults import FAULTS
from tests.isolation.walls import RULES, Rule


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_database_keeps_the_rule(rule: Rule, catalogue: Catalogue) -> None:
    assert list(rule(catalogue)) == []


def test_there_is_something_to_check(catalogue: Catalogue) -> None:
    assert {"users", "audit_records", "idempotency_keys"} <= set(catalogue.walled)
    assert {"tenants", "persons", "agenda"} <= set(catalogue.directories)


@pytest.mark.parametrize(("made", "said"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_noticed(made: str, said: str, superuser: Connection) -> None:
    superuser.execute(made.encode())
    superuser.execute("RESET ROLE")
    found = [fault for rule in RULES for fault in rule(Catalogue(superuser))]
    assert [fault for fault in found if fault.startswith(said)] != []
