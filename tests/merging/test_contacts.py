"""Contacts that are one."""

from tests.customers.desk import customer
from tests.merging.conftest import Desk


def test_merges_and_parts_again_with_whom_they_know(desk: Desk) -> None:
    host = customer(desk.browser, "甲")
    master = desk.make("/contacts", name="孟瑶", phones=[{"number": "13800138000"}])
    loser = desk.make("/contacts", name="孟瑶（采购）", customer_id=host["id"], is_primary=True, title="经理",
                      wechat="my",
                      phones=[{"number": "13900139000"}],
                      birthday={"calendar": "solar", "month": 3, "day": 18})  # fmt: skip
    boss = desk.make("/contacts", name="何舟")
    for one, kind in ((master, "colleague"), (loser, "superior"), (loser, "colleague")):
        desk.make(f"/contacts/{one['id']}/relationships", other_id=boss["id"], kind=kind)
    desk.make(f"/contacts/{loser['id']}/relationships", other_id=master["id"], kind="family")
    merge = desk.merge("contact", master, desk.get(f"/contacts/{loser['id']}"))
    now = desk.get(f"/contacts/{master['id']}")
    assert (now["name"], now["title"], now["wechat"], now["birthday"]["day"]) == ("孟瑶", "经理", "my", 18)
    assert (now["customer"]["id"], now["is_primary"], len(now["phones"])) == (host["id"], True, 2)
    known = desk.get(f"/contacts/{master['id']}/relationships")["items"]
    assert sorted((one["other"]["name"], one["kind"]) for one in known) == [
        ("何舟", "colleague"),
        ("何舟", "superior"),
    ]
    assert desk.browser.get(f"/contacts/{loser['id']}").status_code == 307
    assert desk.undo(merge)["left_over"] == []
    back, again = (desk.get(f"/contacts/{one['id']}") for one in (master, loser))
    assert (back["title"], back["customer"], back["birthday"], back["is_primary"]) == (
        None,
        None,
        None,
        False,
    )
    assert (again["title"], again["customer"]["id"], again["is_primary"]) == ("经理", host["id"], True)
    known = desk.get(f"/contacts/{loser['id']}/relationships")["items"]
    assert sorted((one["other"]["name"], one["kind"]) for one in known) == [
        ("何舟", "colleague"),
        ("何舟", "superior"),
        ("孟瑶", "family"),
    ]


def test_is_found_and_hinted_at_by_any_number(desk: Desk) -> None:
    host = customer(desk.browser, "甲")
    phones = [{"number": "010-12345678"}, {"number": "13800138000"}]
    desk.make("/contacts", name="孟瑶", phones=phones, email="m@x.cn", customer_id=host["id"])
    desk.make("/contacts", name="孟瑶", phones=[{"number": "010-12345678"}], customer_id=host["id"])
    assert len(desk.groups("contact", "phone")) == 1
    assert len(desk.groups("contact", "name")) == 1
    assert desk.groups("contact", "email") == []
    assert [by for by, _, _ in desk.hints("contact", phones=["13800138000"])] == ["phone"]
    assert [by for by, _, _ in desk.hints("contact", email="M@X.cn")] == ["email"]
    assert desk.hints("contact", phones=["13900138000"]) == []
