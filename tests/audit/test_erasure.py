"""Erasing what is personal leaves the chain whole, and nothing to guess from."""

from collections.abc import Callable

from click.testing import CliRunner

from app.cli import cli
from tests.audit.conftest import Seal, Tamperer, Verdict
from tests.support.client import Company
from tests.support.people import change, department

Verify = Callable[[Company], Verdict]


def erase(company: Company, subject_id: str) -> str:
    done = CliRunner().invoke(cli, ["audit", "erase", company.slug, "department", subject_id])
    assert done.exit_code == 0, done.output
    return done.output


def test_what_was_said_goes_and_the_chain_stays_whole(
    company: Company, seal: Seal, verify: Verify, owner: Tamperer
) -> None:
    east = department(company, "华东")
    seal(company)
    change(company.admin, f"/departments/{east}", name="林知夏的部门")
    department(company, "华西")
    assert erase(company, east) == f"{company.slug}: 2 lines erased\n"
    kept = owner.do("SELECT subject_label, changes::text FROM audit_records WHERE subject_id = %s", east)
    assert all(label == "…" and "林知夏" not in changes and "华东" not in changes for label, changes in kept)
    seal(company)
    verdict = verify(company)
    assert (verdict.code, verdict.kinds) == (0, [])
    assert owner.do("SELECT subject_label FROM audit_records WHERE action = 'erased'") == [("…",)]
    salts = owner.do(
        "SELECT s.erased, s.salt IS NULL FROM audit_seals s JOIN audit_records r ON r.id = s.record_id "
        "WHERE r.subject_id = %s AND r.action <> 'erased' ORDER BY s.seq",
        east,
    )
    assert salts == [(False, True), (True, False), (True, False)]


def test_what_is_left_is_still_vouched_for(
    company: Company, seal: Seal, verify: Verify, owner: Tamperer
) -> None:
    east = department(company, "华东")
    seal(company)
    erase(company, east)
    owner.do(
        "UPDATE audit_records SET actor_name = '别人' WHERE subject_id = %s AND action = 'created'", east
    )
    verdict = verify(company)
    assert (verdict.code, verdict.kinds) == (1, ["edited"])


def test_only_the_record_meant_is_erased(company: Company, other_company: Company, seal: Seal) -> None:
    east, west = department(company, "华东"), department(company, "华西")
    erase(company, east)
    told = company.admin.get("/audit-records", query_string={"subject_id": west}).json["items"]
    assert [line["subject_label"] for line in told] == ["华西"]
    assert erase(other_company, west) == f"{other_company.slug}: 0 lines erased\n"
    told = company.admin.get("/audit-records", query_string={"subject_id": west}).json["items"]
    assert [line["subject_label"] for line in told] == ["华西"]
