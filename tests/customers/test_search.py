"""One box finds by any fragment of a name, by pinyin, initials, and the tail of a phone number."""

import pytest

from app.lists import pages
from tests.customers.desk import change, customer, names, shown
from tests.support.client import Company

BOOK: dict[str, dict[str, object]] = {
    "深圳市澄川智能科技有限公司": {"phones": [{"number": "0755-86001234"}]},
    "杭州云岫软件股份有限公司": {"phones": [{"number": "138 1234 5678"}, {"number": "13900009999"}]},
    "重庆长安汽车销售行": {},
    "西安石油设备厂": {},
    "TCL科技（华星）集团": {},
    "ＡＢＣ－Ｔｒａｄｉｎｇ Co., Ltd": {},
    "Café Zürich 咖啡": {},
    "绿地置业": {},
    "360安全中心": {},
    "乐山乐器社": {},
    "单雄信": {"kind": "person"},
    "曾国荃": {"kind": "person"},
    "吕布": {"kind": "person"},
    "欧阳解放": {"kind": "person"},
    "尉迟恭": {"kind": "person"},
    "查良镛": {"kind": "person"},
    "区志强": {"kind": "person"},
    "仇英": {"kind": "person"},
}
CHENGCHUAN, YUNXIU, CHANGAN = list(BOOK)[:3]
EXAMPLES: list[tuple[str, set[str]]] = [
    # any fragment of a name
    ("深圳市澄川智能科技有限公司", {CHENGCHUAN}),
    ("澄川", {CHENGCHUAN}),
    ("川智", {CHENGCHUAN}),
    ("岫", {YUNXIU}),
    ("有限", {CHENGCHUAN, YUNXIU}),
    ("科技", {CHENGCHUAN, "TCL科技（华星）集团"}),
    ("川澄", set()),
    ("澄川软件", set()),
    ("科技华星", {"TCL科技（华星）集团"}),
    ("科技(华星)", {"TCL科技（华星）集团"}),
    ("科技 tcl", {"TCL科技（华星）集团"}),
    ("澄川　有限", {CHENGCHUAN}),
    ("tcl", {"TCL科技（华星）集团"}),
    ("Tcl科", {"TCL科技（华星）集团"}),
    ("abc", {"ＡＢＣ－Ｔｒａｄｉｎｇ Co., Ltd"}),
    ("trading CO", {"ＡＢＣ－Ｔｒａｄｉｎｇ Co., Ltd"}),
    ("tradingco", {"ＡＢＣ－Ｔｒａｄｉｎｇ Co., Ltd"}),
    ("ＴＲＡＤ", {"ＡＢＣ－Ｔｒａｄｉｎｇ Co., Ltd"}),
    ("cafe", {"Café Zürich 咖啡"}),
    ("zurich", {"Café Zürich 咖啡"}),
    ("360", {"360安全中心"}),
    ("60", {"360安全中心"}),
    # full pinyin, from any syllable, the last one perhaps unfinished
    ("chengchuan", {CHENGCHUAN}),
    ("chuanzhineng", {CHENGCHUAN}),
    ("CHENGCHUAN", {CHENGCHUAN}),
    ("chengch", {CHENGCHUAN}),
    ("huxiong", set()),
    ("uanzhi", set()),
    ("kejiyou", {CHENGCHUAN}),
    ("xian", {"西安石油设备厂", CHENGCHUAN, YUNXIU}),
    ("xi'an", {"西安石油设备厂", CHENGCHUAN, YUNXIU}),
    ("xianshiyou", {"西安石油设备厂"}),
    ("yun xiu", {YUNXIU}),
    # pinyin initials
    ("ccznkj", {CHENGCHUAN}),
    ("cz", {CHENGCHUAN}),
    ("yxgs", {CHENGCHUAN, YUNXIU}),
    ("YXRJ", {YUNXIU}),
    ("tclkj", {"TCL科技（华星）集团"}),
    ("xq", set()),
    # characters that are read in two ways
    ("changan", {CHANGAN}),
    ("zhangan", {CHANGAN}),
    ("chongqing", {CHANGAN}),
    ("zhongqing", {CHANGAN}),
    ("xiaoshouhang", {CHANGAN}),
    ("xiaoshouxing", {CHANGAN}),
    ("leshan", {"乐山乐器社"}),
    ("yueqi", {"乐山乐器社"}),
    ("leshanyueqi", {"乐山乐器社"}),
    # surnames
    ("shanxiongxin", {"单雄信"}),
    ("danxiongxin", {"单雄信"}),
    ("sxx", {"单雄信"}),
    ("zengguo", {"曾国荃"}),
    ("ouyangjie", {"欧阳解放"}),
    ("yuchigong", {"尉迟恭"}),
    ("zhaliang", {"查良镛"}),
    ("ouzhiqiang", {"区志强"}),
    ("qiuying", {"仇英"}),
    # ü in the ways it is typed
    ("lvbu", {"吕布"}),
    ("lubu", {"吕布"}),
    ("lyubu", {"吕布"}),
    ("lvdi", {"绿地置业"}),
    # the tail of a phone number, four digits at least
    ("5678", {YUNXIU}),
    ("13812345678", {YUNXIU}),
    ("138-1234-5678", {YUNXIU}),
    ("+86 138 1234 5678", {YUNXIU}),
    ("9999", {YUNXIU}),
    ("86001234", {CHENGCHUAN}),
    ("075586001234", {CHENGCHUAN}),
    ("678", set()),
    ("1381", set()),
]


@pytest.fixture(scope="module")
def book(app: object) -> Company:
    """A company with one customer for every difficulty."""
    from tests.support.client import sign_up

    company = sign_up(app)  # type: ignore[arg-type]
    for name, facts in BOOK.items():
        customer(company.admin, name, **facts)
    return company


@pytest.mark.parametrize(("typed", "found"), EXAMPLES)
def test_finds_by_index(book: Company, typed: str, found: set[str]) -> None:
    assert set(names(book.admin, f"q={typed.replace('+', '%2B')}&limit=50")) == found


@pytest.mark.parametrize(("typed", "found"), EXAMPLES)
def test_finds_the_same_by_walking(
    book: Company, typed: str, found: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "CAP", 0)
    monkeypatch.setattr(pages, "_common", {})
    assert set(names(book.admin, f"q={typed.replace('+', '%2B')}&limit=50")) == found


def test_a_single_letter_finds_names_and_syllables_that_begin_so(book: Company) -> None:
    assert set(names(book.admin, "q=q&limit=50")) == {
        CHANGAN, "360安全中心", "乐山乐器社", "曾国荃", "区志强", "仇英",
    }  # fmt: skip


@pytest.mark.parametrize("typed", ["", " ", "（）", "%", "_", "\\", "'"])
def test_what_says_nothing_asks_for_nothing(book: Company, typed: str) -> None:
    assert len(book.admin.get("/customers", query_string={"q": typed, "limit": 50}).json["items"]) == len(
        BOOK
    )


def test_is_found_by_its_new_name_and_phone_only(company: Company) -> None:
    made = customer(company.admin, "旧名字贸易", phones=[{"number": "13800001111"}])
    assert (
        change(company.admin, made, name="新称呼实业", phones=[{"number": "13800002222"}]).status_code == 200
    )
    assert [names(company.admin, f"q={typed}") for typed in ("旧名", "jiumingzi", "1111")] == [[], [], []]
    found = [names(company.admin, f"q={typed}") for typed in ("新称", "xinchenghu", "xchsy", "2222")]
    assert found == [["新称呼实业"]] * 4


def test_a_person_is_read_as_one_once_it_is_known_to_be_one(company: Company) -> None:
    made = customer(company.admin, "尉迟敬德")
    assert names(company.admin, "q=yuchijing") == ["尉迟敬德"]
    assert names(company.admin, "q=wanqi") == []
    assert change(company.admin, made, name="万俟卨", kind="person").status_code == 200
    assert names(company.admin, "q=moqi") == ["万俟卨"]


def test_others_are_never_found(company: Company, other_company: Company) -> None:
    customer(other_company.admin, "澄川智能", phones=[{"number": "13800001111"}])
    for typed in ("澄川", "川", "chengchuan", "cczn", "1111"):
        assert names(company.admin, f"q={typed}") == []
        assert names(other_company.admin, f"q={typed}") == ["澄川智能"]


def test_turns_the_pages_of_what_was_found(company: Company) -> None:
    made = [customer(company.admin, f"分页测试{i:02d}号")["name"] for i in range(7)]
    found, cursor = [], ""
    while cursor is not None:
        answer = company.admin.get(f"/customers?q=分页&sort=created_at&limit=3{cursor}").json
        found += [item["name"] for item in answer["items"]]
        cursor = answer["next_cursor"] and f"&cursor={answer['next_cursor']}"
    assert found == made


def test_counts_what_was_found(book: Company) -> None:
    answer = book.admin.get("/customers?q=有限&total=true&limit=1").json
    assert (len(answer["items"]), answer["total"]) == (1, {"count": 2, "capped": False})


def test_a_name_may_be_as_long_as_it_is_allowed(company: Company) -> None:
    name = "长" * 200
    made = customer(company.admin, name, kind="person")
    assert shown(company.admin, made)["name"] == name
    assert names(company.admin, "q=长长长") == [name]
    assert names(company.admin, "q=zhangchang") == [name]
