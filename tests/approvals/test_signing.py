"""Signing by hand: asked for by the flow, looked at, kept small, shown to those who see the approval."""

import base64
import struct
import zlib
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from PIL import Image

from app.approvals import signing
from app.core.errors import Invalid
from tests.approvals.doors import Browsers, say, submitted
from tests.approvals.office import Office, approve, people
from tests.support.pictures import data_url, signed


def _with_odd_profile() -> str:
    """A picture behind whose points a profile stands that is none."""
    content = base64.b64decode(signed().partition(",")[2])
    chunk = b"iCCP"
    odd = struct.pack(">I", 0) + chunk + struct.pack(">I", zlib.crc32(chunk))
    end = content.rindex(b"IEND") - 4
    return f"data:image/png;base64,{base64.b64encode(content[:end] + odd + content[end:]).decode()}"


def _refused(sent: str) -> tuple[str, str]:
    with pytest.raises(Invalid) as refusal:
        signing.read(sent)
    problem = refusal.value.problems[0]
    return problem.field, problem.code


@pytest.mark.parametrize("ground", [None, "white"])
def test_a_signature_is_cut_to_its_strokes(ground: str | None) -> None:
    with Image.open(BytesIO(signing.read(signed((1200, 800), ground=ground)))) as kept:
        assert (kept.format, kept.mode, kept.info) == ("PNG", "LA", {})
        assert kept.width <= 600
        assert kept.height <= 240
        assert kept.getchannel("A").getextrema()[1] > 128


def test_what_is_no_signature_is_refused() -> None:
    unreadable = ("signature", "signature-unreadable")
    assert _refused("data:image/png;base64,####") == unreadable
    assert _refused("data:image/png;base64," + base64.b64encode(b"GIF89a").decode()) == unreadable
    assert _refused(data_url(Image.new("RGB", (50, 50)), "JPEG")) == unreadable
    assert _refused("https://example.com/signature.png") == unreadable
    assert _refused(signed((4100, 100))) == unreadable
    assert _refused(_with_odd_profile()) == unreadable
    assert _refused(signed(strokes=0)) == ("signature", "signature-empty")
    assert _refused(signed(strokes=0, ground="white")) == ("signature", "signature-empty")


def _signed_step(staffed: tuple[Office, Browsers]) -> tuple[Browsers, Any]:
    office, browsers = staffed
    office.publish(approve("a", people(office.ids["chief"]), signature=True))
    path = f"/approvals/{submitted(browsers)['id']}"
    return browsers, browsers["chief"].get(path).json


def test_a_step_that_asks_for_a_signature_is_not_passed_without(staffed: tuple[Office, Browsers]) -> None:
    browsers, shown = _signed_step(staffed)
    assert shown["seat"]["signature_required"] is True
    refused = say(browsers["chief"], shown)
    assert refused.status_code == 422
    assert [one["code"] for one in refused.json["errors"]] == ["signature-required"]
    assert browsers["chief"].get(f"/approvals/{shown['id']}").json["state"] == "running"
    rejected = say(browsers["chief"], shown, "reject", comment="不合适")
    assert (rejected.status_code, rejected.json["state"]) == (200, "rejected")


def test_what_was_signed_is_for_those_who_see_the_approval(staffed: tuple[Office, Browsers]) -> None:
    browsers, shown = _signed_step(staffed)
    unsigned = browsers["seller"].get(f"/approval-seats/{shown['seat']['id']}/signature")
    assert unsigned.status_code == 404
    granted = say(browsers["chief"], shown, signature=signed())
    assert (granted.status_code, granted.json["state"]) == (200, "granted")
    [seat] = granted.json["steps"][0]["seats"]
    assert seat["signed"] is True
    path = f"/approval-seats/{seat['id']}/signature"
    picture = browsers["seller"].get(path)
    assert (picture.status_code, picture.mimetype) == (200, "image/png")
    with Image.open(BytesIO(picture.data)) as kept:
        assert kept.format == "PNG"
    assert browsers["other"].get(path).status_code == 404


def test_one_signature_serves_a_batch(staffed: tuple[Office, Browsers]) -> None:
    browsers, first = _signed_step(staffed)
    second = browsers["chief"].get(f"/approvals/{submitted(browsers)['id']}").json
    seats = [{"id": one["seat"]["id"], "version": one["seat"]["version"]} for one in (first, second)]
    body: dict[str, Any] = {"seats": seats, "decision": "approve"}
    without = browsers["chief"].post("/approval-decisions", body).json
    assert [(one["done"], one["code"]) for one in without["items"]] == [(False, "signature-required")] * 2
    done = browsers["chief"].post("/approval-decisions", {**body, "signature": signed()}).json
    assert [one["done"] for one in done["items"]] == [True, True]
    assert UUID(done["items"][0]["seat_id"]) == UUID(first["seat"]["id"])
