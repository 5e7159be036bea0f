"""Quotes on paper: what stands there, what never does, and how a company shapes it."""

from base64 import b64decode, b64encode
from io import BytesIO
from typing import Any

from PIL import Image

from tests.quotes.office import customer, go, line, quote, valve
from tests.support.client import Browser, Company
from tests.support.pdf_text import text_of
from tests.support.people import hire
from tests.support.statements import sent

Json = dict[str, Any]
_CODE = '#read("/etc/passwd") ] $x$ \\ *'


def paper(browser: Browser, made: Json, more: str = "") -> str:
    """The text of a quote's PDF."""
    answer = browser.get(f"/quotes/{made['id']}{more or '/pdf'}")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf"), answer.json
    assert answer.content_length == len(answer.data)
    assert answer.headers["Content-Disposition"] == f"attachment; filename={made['number']}.pdf"
    return text_of(answer.data)


def layout(browser: Browser, **facts: Any) -> Json:
    """A layout."""
    answer = browser.post("/paper-layouts", {"name": "标准", **facts})
    assert answer.status_code == 201, answer.json
    return dict(answer.json)


def logo(size: tuple[int, int] = (1600, 400)) -> str:
    """A picture as browsers send it."""
    kept = BytesIO()
    Image.new("RGB", size, "#2C4FA3").save(kept, "JPEG")
    return f"data:image/jpeg;base64,{b64encode(kept.getvalue()).decode()}"


def test_what_a_customer_may_read_stands_on_paper(company: Company) -> None:
    to = customer(company.admin, "澜图软件")
    made = quote(
        company.admin,
        to,
        line(valve(company.admin), "10", unit_price=12_345, discount={"rate": 500}, note="含附件"),
        line(name="调试", unit_price=100_000),
        title="二期改造",
        terms="款到发货\n质保一年",
        valid_until="2099-12-31",
        remark="底价见附件",
    )
    go(company.admin, made, "submission")
    text = paper(company.admin, made)
    for said in (
        "报价单",
        company.name,
        "澜图软件",
        "二期改造",
        made["number"],
        "2099-12-31",
        "球阀",
        "含附件",
    ):
        assert said in text
    for said in (
        "123.45",
        "−5%",
        "1,172.78",
        "款到发货",
        "质保一年",
        "¥2,172.78",
        "贰仟壹佰柒拾贰元柒角捌分",
    ):
        assert said in text
    for kept_back in ("底价见附件", "60.00", "600.00", "80.00", "毛利", "草稿"):
        assert kept_back not in text


def test_what_people_wrote_is_printed_as_it_is(company: Company) -> None:
    to = customer(company.admin, f"甲 {_CODE}")
    made = quote(company.admin, to, line(name=_CODE, unit_price=1), title=_CODE, terms=_CODE)
    layout(company.admin, company=_CODE, footer=_CODE, bank=_CODE, heading=_CODE)
    assert paper(company.admin, made).replace("\n", "").count(_CODE) == 8


def test_a_paper_says_how_far_its_quote_has_come(company: Company) -> None:
    made = quote(company.admin, customer(company.admin), line(name="阀", unit_price=100), title="初版")
    assert "草稿" in paper(company.admin, made)
    go(company.admin, made, "submission")
    assert "草稿" not in paper(company.admin, made)
    renewed = go(company.admin, made, "renewal")
    changed = company.admin.patch(f"/quotes/{made['id']}", {"title": "再版"}, version=renewed["version"])
    assert changed.status_code == 200
    assert all(word in paper(company.admin, made) for word in ("草稿", "再版", "第 2 版"))
    former = paper(company.admin, made, "/versions/1/pdf")
    assert "初版" in former
    assert "再版" not in former
    assert company.admin.get(f"/quotes/{made['id']}/versions/3/pdf").status_code == 404


def test_whoever_does_not_see_a_quote_has_no_paper_of_it(company: Company, other_company: Company) -> None:
    made = quote(company.admin, customer(company.admin), line(name="阀", unit_price=100))
    assert other_company.admin.get(f"/quotes/{made['id']}/pdf").status_code == 404
    assert hire(company, "sales").browser.get(f"/quotes/{made['id']}/pdf").status_code == 404
    of_others = layout(other_company.admin)["id"]
    assert company.admin.get(f"/quotes/{made['id']}/pdf?layout_id={of_others}").status_code == 404


def test_a_company_shapes_its_paper(company: Company) -> None:
    made = quote(company.admin, customer(company.admin), line(valve(company.admin), "2", note="加急"))
    first = layout(
        company.admin, company="诚川智能有限公司", columns=["unit_price"], logo=logo(), bank="招行 6225"
    )
    assert first["is_default"] is True
    with Image.open(BytesIO(b64decode(first["logo"].partition(",")[2]))) as kept:
        assert (kept.format, kept.size) == ("PNG", (640, 160))
    text = paper(company.admin, made)
    assert all(said in text for said in ("诚川智能有限公司", "招行 6225", "单价", "球阀"))
    assert not any(left_out in text for left_out in ("税率", "序号", "加急", "单位"))
    english = layout(company.admin, name="English", locale="en", is_default=False)
    assert english["is_default"] is False
    text = paper(company.admin, made, f"/pdf?layout_id={english['id']}")
    assert all(said in text for said in ("Quotation", "Total incl. tax", "DRAFT"))
    assert "贰" not in text


def test_one_layout_is_taken_unless_another_is_asked_for(company: Company) -> None:
    first, second = layout(company.admin), layout(company.admin, name="出口", is_default=True)
    path = f"/paper-layouts/{second['id']}"
    listed = company.admin.get("/paper-layouts").json["items"]
    assert [(one["name"], one["is_default"]) for one in listed] == [("标准", False), ("出口", True)]
    refused = company.admin.delete(path, version=second["version"])
    assert (refused.status_code, refused.json["code"]) == (409, "paper-layout-is-default")
    stale = company.admin.patch(f"/paper-layouts/{first['id']}", {"phone": "1"}, version=first["version"])
    assert stale.status_code == 412
    led = company.admin.patch(
        f"/paper-layouts/{first['id']}", {"is_default": True}, version=stale.json["current"]["version"]
    )
    assert led.json["is_default"] is True
    second = company.admin.get(path).json
    assert second["is_default"] is False
    assert company.admin.delete(path, version=second["version"]).status_code == 204
    assert len(company.admin.get("/paper-layouts").json["items"]) == 1


def test_what_cannot_be_a_layout_is_refused_and_nothing_is_kept(company: Company) -> None:
    layout(company.admin)
    for facts, field in (
        ({"name": "标准"}, "name"),
        ({"name": "新", "colour": "red"}, "colour"),
        ({"name": "新", "logo": "data:image/png;base64,AAAA"}, "logo"),
        ({"name": "新", "logo": "data:text/html;base64,PHNjcmlwdD4="}, "logo"),
        ({"name": "新", "columns": ["cost"]}, "columns.0"),
    ):
        answer = company.admin.post("/paper-layouts", facts)
        assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, field)
    reader = hire(company, "sales").browser
    assert reader.post("/paper-layouts", {"name": "新"}).status_code == 403
    assert reader.post("/paper-previews", {"name": "新"}).status_code == 403
    assert [one["name"] for one in reader.get("/paper-layouts").json["items"]] == ["标准"]


def test_a_layout_is_looked_at_before_it_is_kept(company: Company) -> None:
    seen = company.admin.post("/paper-previews", {"name": "新", "heading": "估价单", "logo": logo()})
    assert seen.status_code == 200
    assert seen.json["page"].startswith("data:image/png;base64,iVBOR")
    assert company.admin.get("/paper-layouts").json["items"] == []


def test_two_hundred_lines_take_no_more_questions_than_one(company: Company) -> None:
    to = customer(company.admin)
    short, long = (
        quote(company.admin, to, *[line(name=f"阀 {n}", unit_price=100) for n in range(count)])
        for count in (1, 200)
    )
    with sent() as of_one:
        paper(company.admin, short)
    with sent() as of_many:
        text = paper(company.admin, long)
    assert "阀 199" in text
    assert len(of_many) == len(of_one)
