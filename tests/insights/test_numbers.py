"""What the index holds is what is asked for: product, database and migration agree."""

from importlib import import_module
from uuid import uuid4

from app.core.search import keys_of, number_of
from app.lists import index
from app.lists.models import CUSTOMER
from tests.support.store import Store


def test_the_database_mixes_grams_as_the_product_does(store: Store) -> None:
    mixed = "SELECT ('x' || left(md5(%s::bigint || %s), 8))::bit(32)::integer AS salt"
    for tenant_id in (1, 7, 2**40):
        assert store.rows(mixed, tenant_id, CUSTOMER) == [{"salt": index.salt_of(tenant_id, CUSTOMER)}]


def test_letters_of_before_become_the_same_numbers() -> None:
    migration = import_module("migrations.versions.0032_search_numbers")
    grams = ["杭州", "HANG ZHOU", ".HZ", "abc", "𠮷", ";8888"]
    row = migration._numbered(42, CUSTOMER, uuid4(), [f"42{CUSTOMER}{gram}" for gram in grams])
    assert row["grams"] == [number_of(gram) ^ index.salt_of(42, CUSTOMER) for gram in grams]


def test_numbers_have_room_in_the_column() -> None:
    grams = keys_of("阿里巴巴（中国）有限公司 ABC-2024", phones=["+8613900001234"]).grams
    assert len(grams) == len(set(grams))
    assert all(-(2**31) <= gram < 2**31 for gram in grams)
    assert {-(2**31) <= gram ^ index.salt_of(7, CUSTOMER) < 2**31 for gram in grams} == {True}
