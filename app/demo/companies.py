"""Who the demo companies are: their branches and their people."""

from dataclasses import dataclass

from app.demo.goods import DEVICES, SPARE_PARTS, Shelf

PASSWORD = "guanxi-demo-2026"  # noqa: S105  (printed at the start, for everyone to use)


@dataclass(frozen=True, slots=True)
class Staff:
    """A colleague: the role by its code, the department by name."""

    name: str
    title: str
    login: str
    role: str
    department: str
    head: bool = False


@dataclass(frozen=True, slots=True)
class Company:
    """A company to be told. The first of the staff signs it up; departments are (name, parent)."""

    name: str
    seed: int
    departments: tuple[tuple[str, str], ...]
    staff: tuple[Staff, ...]
    customers: int
    shelf: Shelf
    """What it sells."""
    currency: str = "CNY"
    shaped: bool = False
    """Whether it has added fields, views and more of its own."""


CHENGCHUAN = Company(
    name="澄川科技（杭州）有限公司",
    seed=7,
    departments=(
        ("销售中心", ""),
        ("华东大区", "销售中心"),
        ("华南大区", "销售中心"),
        ("西部大区", "销售中心"),
        ("客户服务部", ""),
        ("市场部", ""),
        ("财务部", ""),
    ),
    staff=(
        Staff("秦明远", "管理员", "qin@chengchuan.example", "administrator", ""),
        Staff("周思远", "华东大区主管", "zhou@chengchuan.example", "manager", "华东大区", head=True),
        Staff("林知夏", "华东销售", "lin@chengchuan.example", "sales", "华东大区"),
        Staff("沈一诺", "客服", "shen@chengchuan.example", "service", "客户服务部", head=True),
        Staff("陈屿", "华东销售", "chen@chengchuan.example", "sales", "华东大区"),
        Staff("顾辰", "华南销售", "gu@chengchuan.example", "sales", "华南大区"),
        Staff("许曼", "华南大区主管", "xu@chengchuan.example", "manager", "华南大区", head=True),
        Staff("叶舟", "西部销售", "ye@chengchuan.example", "sales", "西部大区"),
        Staff("程序言", "销售总监", "cheng@chengchuan.example", "manager", "销售中心", head=True),
        Staff("白露", "市场专员", "bai@chengchuan.example", "marketing", "市场部", head=True),
        Staff("杜若", "财务主管", "du@chengchuan.example", "finance", "财务部", head=True),
    ),
    customers=360,
    shelf=SPARE_PARTS,
    shaped=True,
)
NANYU = Company(
    name="南屿医疗器械有限公司",
    seed=11,
    departments=(("直销部", ""), ("渠道部", "")),
    staff=(
        Staff("苏婉", "管理员", "su@nanyu.example", "administrator", ""),
        Staff("韩松", "直销部主管", "han@nanyu.example", "manager", "直销部", head=True),
        Staff("江雨", "渠道销售", "jiang@nanyu.example", "sales", "渠道部"),
    ),
    customers=80,
    shelf=DEVICES,
    currency="USD",
)
