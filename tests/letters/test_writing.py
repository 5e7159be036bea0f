"""Writing letters: what is refused, what is kept, and how they look beforehand."""

from uuid import uuid4

import pytest

from tests.letters.conftest import PostRoom


def _refusals(answer: object) -> list[tuple[str, str]]:
    assert answer.status_code == 422, answer.json  # type: ignore[attr-defined]
    return [(one["field"], one["code"]) for one in answer.json["errors"]]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        ({"body": "{{contact.nam}}"}, ("body", "template-unknown-variable")),
        ({"salutation": "{{contact.name"}, ("salutation", "template-broken-variable")),
        ({"body": "{{asset.name|设备}}"}, ("body", "letter-variable-of-record")),
        ({"sender_postcode": "21500a"}, ("sender_postcode", "letter-not-a-postcode")),
        ({"campaign_id": str(uuid4())}, ("campaign_id", "unknown-reference")),
        ({"name": "  "}, ("name", "required")),
    ],
)
def test_refuses_what_cannot_be_printed(
    room: PostRoom, told: dict[str, str], wanted: tuple[str, str]
) -> None:
    whole = {"name": "问候", "body": "您好", "audience": {}, **told}
    assert _refusals(room.browser.post("/letters", whole)) == [wanted]
    assert room.browser.get("/letters").json["items"] == []


def test_is_changed_copied_and_removed(room: PostRoom) -> None:
    made = room.letter(dated_on="2026-09-25", signature="澄川\n秦明远")
    path = f"/letters/{made['id']}"
    changed = room.browser.patch(path, {"name": "中秋问候", "dated_on": None}, version=made["version"]).json
    assert (changed["name"], changed["dated_on"], changed["signature"]) == ("中秋问候", None, "澄川\n秦明远")
    stale = room.browser.patch(path, {"name": "晚了"}, version=made["version"])
    assert stale.status_code == 412
    copied = room.browser.post(f"{path}/copies", {"name": "春节问候"}).json
    alike = ("body", "signature", "audience", "letterhead", "one_each")
    assert [copied[one] for one in alike] == [changed[one] for one in alike]
    assert room.browser.delete(path, version=changed["version"]).status_code == 204
    assert room.browser.get(path).status_code == 404
    assert [one["name"] for one in room.browser.get("/letters").json["items"]] == ["春节问候"]
    trail = room.browser.get(f"/audit-records?subject_type=letter&subject_id={made['id']}").json["items"]
    assert [one["action"] for one in trail] == ["deleted", "updated", "created"]


@pytest.mark.parametrize("form", ["letter", "envelope-c5", "labels-2x7"])
def test_shows_how_it_will_look(room: PostRoom, form: str) -> None:
    shown = room.browser.post("/letter-previews", {"body": "{{contact.name}}您好", "paper": form})
    assert shown.status_code == 200, shown.json
    assert shown.json["page"].startswith("data:image/png;base64,")
    assert room.browser.get("/letters").json["items"] == []


def test_a_preview_names_what_cannot_be_read(room: PostRoom) -> None:
    refused = room.browser.post("/letter-previews", {"body": "{{contact.nam}}"})
    assert _refusals(refused) == [("body", "template-unknown-variable")]
    # What is not written yet is no fault of a preview.
    assert room.browser.post("/letter-previews", {}).status_code == 200
