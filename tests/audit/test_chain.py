"""The sealed chain: editing, removing, reordering, inserting and cutting show, even by the tables' owner."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask

from app.audit import anchors
from app.cli import cli
from tests.audit.conftest import COPY, Seal, Tamperer, Verify
from tests.support.client import Company
from tests.support.people import department


def test_an_untouched_trail_is_intact(sealed: Company, verify: Verify, owner: Tamperer) -> None:
    verdict = verify(sealed)
    assert (verdict.code, verdict.kinds) == (0, [])
    assert re.match(rf"intact   澄川科技 \({sealed.slug}\): 6 sealed until .*, 0 waiting", verdict.text)
    assert [seq for (seq,) in owner.do("SELECT seq FROM audit_seals ORDER BY seq")] == [1, 2, 3, 4, 5, 6]


def test_what_came_after_the_sealer_waits_for_its_next_round(
    sealed: Company, verify: Verify, seal: Seal
) -> None:
    department(sealed, "己")
    assert "6 sealed" in verify(sealed).text
    assert "1 waiting" in verify(sealed).text
    seal(sealed)
    seal(sealed)
    assert re.search(r"7 sealed until .*, 0 waiting", verify(sealed).text)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("subject_label", "'庚'"),
        ("actor_name", "'林知夏'"),
        ("action", "'deleted'"),
        ("subject_type", "'role'"),
        ("changes", "'[]'"),
        ("ip", "'10.1.1.1'"),
        ("user_agent", "'x'"),
        ("at", "at - interval '1 microsecond'"),
        ("actor_id", "NULL"),
        ("about_id", "subject_id"),
        ("session_id", "NULL"),
        ("request_id", "'-'"),
    ],
)
def test_an_edited_line_is_named(
    sealed: Company, verify: Verify, owner: Tamperer, column: str, value: str
) -> None:
    line = owner.line("丙")
    owner.do(f"UPDATE audit_records SET {column} = {value} WHERE id = %s", line)
    verdict = verify(sealed)
    assert (verdict.code, verdict.kinds) == (1, ["edited"])
    assert str(line) in verdict.text


def test_a_removed_line_is_named(sealed: Company, verify: Verify, owner: Tamperer) -> None:
    line = owner.line("丙")
    owner.do("DELETE FROM audit_records WHERE id = %s", line)
    verdict = verify(sealed)
    assert (verdict.code, verdict.kinds) == (1, ["removed"])
    assert str(line) in verdict.text


def test_a_line_removed_with_its_seal_is_named(sealed: Company, verify: Verify, owner: Tamperer) -> None:
    seq = owner.seal_of("丙")
    owner.do("DELETE FROM audit_seals WHERE seq = %s", seq)
    owner.do("DELETE FROM audit_records WHERE subject_label = '丙'")
    verdict = verify(sealed)
    assert (verdict.code, verdict.kinds) == (1, ["removed"])
    assert f"seals {seq} are missing" in verdict.text


def test_closing_the_gap_does_not_hide_it(sealed: Company, verify: Verify, owner: Tamperer) -> None:
    seq = owner.seal_of("丙")
    owner.do("DELETE FROM audit_seals WHERE seq = %s", seq)
    owner.do("DELETE FROM audit_records WHERE subject_label = '丙'")
    for later in range(seq + 1, 7):
        owner.do("UPDATE audit_seals SET seq = seq - 1 WHERE seq = %s", later)
    verdict = verify(sealed)
    assert verdict.code == 1
    assert {"reordered", "cut"} <= set(verdict.kinds)


def test_reordered_lines_are_named(sealed: Company, verify: Verify, owner: Tamperer) -> None:
    first, second = owner.seal_of("乙"), owner.seal_of("丁")
    for old, new in ((first, 999), (second, first), (999, second)):
        owner.do("UPDATE audit_seals SET seq = %s WHERE seq = %s", new, old)
    verdict = verify(sealed)
    assert (verdict.code, verdict.kinds) == (1, ["reordered", "reordered"])
    assert f"line {owner.line('乙')} stands at {second}, but was sealed at {first}" in verdict.text
    assert f"line {owner.line('丁')} stands at {first}, but was sealed at {second}" in verdict.text


def test_swapped_times_are_named(sealed: Company, verify: Verify, owner: Tamperer) -> None:
    owner.do(
        "UPDATE audit_records a SET at = b.at FROM audit_records b WHERE b.tenant_id = a.tenant_id "
        "AND (a.subject_label, b.subject_label) IN (('乙', '丁'), ('丁', '乙'))"
    )
    assert verify(sealed).kinds == ["edited", "edited"]


def test_an_inserted_line_is_named_and_never_sealed(
    sealed: Company, verify: Verify, owner: Tamperer, seal: Seal
) -> None:
    ((line,),) = owner.do(COPY)
    seal(sealed)
    verdict = verify(sealed)
    assert (verdict.code, verdict.kinds) == (1, ["inserted"])
    assert str(line) in verdict.text


def test_a_seal_made_without_the_key_is_named(sealed: Company, verify: Verify, owner: Tamperer) -> None:
    ((line,),) = owner.do(COPY)
    owner.do(
        "INSERT INTO audit_seals SELECT tenant_id, 7, %s, false, salt, digest, sealed_at, mac, key_id, "
        "sha256(mac) FROM audit_seals WHERE seq = 6",
        line,
    )
    owner.do("UPDATE audit_chains SET seq = 7")
    verdict = verify(sealed)
    assert verdict.code == 1
    assert f"seal 7 of line {line} is not the sealer's work" in verdict.text
    assert "the end of the chain says 7, but not in the sealer's hand" in verdict.text


def test_marking_an_edited_line_as_erased_does_not_hide_it(
    sealed: Company, verify: Verify, owner: Tamperer
) -> None:
    line = owner.line("丙")
    owner.do("UPDATE audit_records SET subject_label = '…' WHERE id = %s", line)
    owner.do("UPDATE audit_seals SET salt = NULL WHERE record_id = %s", line)
    assert verify(sealed).kinds == ["edited"]
    owner.do("UPDATE audit_seals SET erased = true WHERE record_id = %s", line)
    assert verify(sealed).kinds == ["forged"]


def cut(owner: Tamperer, seq: int) -> None:
    """Remove the end of the trail, of its chain, and set the chain back to what it was before."""
    owner.do(
        "DELETE FROM audit_records r USING audit_seals s WHERE r.tenant_id = TENANT "
        "AND s.tenant_id = TENANT AND s.record_id = r.id AND s.seq > %s",
        seq,
    )
    owner.do("DELETE FROM audit_seals WHERE seq > %s", seq)


def test_a_cut_tail_is_named(sealed: Company, verify: Verify, owner: Tamperer) -> None:
    cut(owner, 4)
    verdict = verify(sealed)
    assert (verdict.code, verdict.kinds) == (1, ["cut", "cut"])
    assert "the chain ends at 4, but was sealed up to 6" in verdict.text


def test_a_cut_tail_shows_in_the_anchors_alone(
    sealed: Company, verify: Verify, owner: Tamperer, seal: Seal, anchor_lines: Callable[[], list[str]]
) -> None:
    ((kept,),) = owner.do("SELECT to_jsonb(c) FROM audit_chains c")
    department(sealed, "己")
    seal(sealed)
    assert [json.loads(line)["seq"] for line in anchor_lines()] == [6, 7]
    cut(owner, 6)
    # A genuine end of the chain, kept from before: nothing within the database contradicts it.
    owner.do("DELETE FROM audit_chains")
    owner.do(
        "INSERT INTO audit_chains SELECT * FROM jsonb_populate_record(NULL::audit_chains, %s)",
        json.dumps(kept),
    )
    verdict = verify(sealed)
    assert (verdict.code, verdict.kinds) == (1, ["cut"])
    assert re.search(r"the chain ends at 6, but anchor \d{4}-\d{2}\.jsonl:\d+ tells of 7", verdict.text)


def test_a_chain_written_anew_contradicts_the_anchors(
    sealed: Company, verify: Verify, owner: Tamperer, seal: Seal
) -> None:
    owner.do("DELETE FROM audit_seals")
    owner.do("DELETE FROM audit_chains")
    owner.do("UPDATE audit_records SET actor_name = '别人' WHERE subject_label = '丙'")
    seal(sealed)
    verdict = verify(sealed)
    assert (verdict.code, verdict.kinds) == (1, ["forged"])
    assert "seal 6 is not the one that anchor" in verdict.text


def test_missing_and_edited_anchors_are_named(
    sealed: Company, verify: Verify, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    monkeypatch.setattr(anchors, "_folder", tmp_path)
    (tmp_path / "2026-01.jsonl").write_text("")
    monkeypatch.setattr(anchors, "configure", lambda _folder: None)
    assert verify(sealed).kinds == ["anchor-missing"]
    with anchors_said(tmp_path, sealed.slug, 6):
        assert verify(sealed).kinds == ["anchor-edited", "anchor-missing"]


class anchors_said:  # noqa: N801  (reads as a statement)
    """An anchor that somebody without the key has written."""

    def __init__(self, folder: Any, slug: str, seq: int) -> None:
        self.path = folder / "2026-01.jsonl"
        self.line = {"tenant": slug, "seq": seq, "mac": "00", "key": "x", "proof": "y"}

    def __enter__(self) -> None:
        self.path.write_text(json.dumps(self.line) + "\n")

    def __exit__(self, *_: object) -> None:
        self.path.unlink()


def test_one_company_tampered_with_does_not_taint_another(
    sealed: Company, other_company: Company, verify: Verify, owner: Tamperer, seal: Seal
) -> None:
    seal(other_company)
    owner.do("UPDATE audit_records SET ip = NULL WHERE subject_label = '丙'")
    assert verify(other_company).code == 0
    everyone = CliRunner().invoke(cli, ["audit", "verify"])
    assert everyone.exit_code == 1
    assert f"intact   澄川科技 ({other_company.slug})" in everyone.output
    assert f"TAMPERED 澄川科技 ({sealed.slug})" in everyone.output


def test_an_unknown_company_is_said_to_be_unknown(app: Flask) -> None:
    found = CliRunner().invoke(cli, ["audit", "verify", "--tenant", "nobody"])
    assert (found.exit_code, found.output) == (1, "Error: there is no company nobody\n")
