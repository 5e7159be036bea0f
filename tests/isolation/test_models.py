"""The models and the database say the same, so that neither can promise what the other does not keep."""

import ast
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Table
from sqlalchemy.dialects import postgresql

from app.core.db import Base
from app.embedded.postgres import APPLICATION
from tenants.ownership import TenantOwned
from tests.isolation.catalogue import Catalogue

ROOT = Path(__file__).resolve().parents[2]
SAME = {"VARCHAR": "text", "TIMESTAMP WITH TIME ZONE": "timestamp with time zone", "VARCHAR[]": "text[]"}
UNMAPPED = {"alembic_version"}


@pytest.fixture
def mapped(app: Flask) -> dict[str, type[Any]]:
    """Every mapped class by its table; the application has loaded them all."""
    assert app.blueprints
    return {mapper.local_table.name: mapper.class_ for mapper in Base.registry.mappers}  # type: ignore[attr-defined]


def table_of(model: type[Any]) -> Table:
    table: Table = model.__table__
    return table


def test_every_table_has_a_model(mapped: dict[str, Any], catalogue: Catalogue) -> None:
    assert set(mapped) == set(catalogue.tables) - UNMAPPED


def test_models_are_walled_when_their_tables_are(mapped: dict[str, Any], catalogue: Catalogue) -> None:
    owned = {name for name, model in mapped.items() if issubclass(model, TenantOwned)}
    assert owned == set(catalogue.walled)


def test_columns_agree(mapped: dict[str, Any], catalogue: Catalogue) -> None:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    said, kept = {}, {}
    for name, model in mapped.items():
        for column in table_of(model).columns:
            words = column.type.compile(dialect)
            said[f"{name}.{column.name}"] = (SAME.get(words, words.lower()), not column.nullable)
        for column in catalogue.columns_of(name).values():
            if column.generated:
                # The database writes it; only statements that look for it know of it.
                continue
            # A narrower integer in the database holds what its CHECK or nature allows.
            words = column.type.replace("smallint", "integer")
            kept[f"{name}.{column.name}"] = (words, column.not_null)
    said = {where: (words.replace("smallint", "integer"), needed) for where, (words, needed) in said.items()}
    assert said == kept


def test_primary_keys_agree(mapped: dict[str, Any], catalogue: Catalogue) -> None:
    said = {name: [c.name for c in table_of(model).primary_key.columns] for name, model in mapped.items()}
    kept = {c.table: c.columns for c in catalogue.constraints if c.kind == "p" and c.table not in UNMAPPED}
    assert {name: sorted(columns) for name, columns in said.items()} == {
        name: sorted(columns) for name, columns in kept.items()
    }


def test_references_agree(mapped: dict[str, Any], catalogue: Catalogue) -> None:
    """Only those within the walls: the unit of work orders its inserts by them."""
    said = {
        (name, tuple(key.column_keys), key.referred_table.name, (key.ondelete or "NO ACTION"))
        for name, model in mapped.items()
        for key in table_of(model).foreign_key_constraints
    }
    words = {"a": "NO ACTION", "r": "RESTRICT", "c": "CASCADE"}
    kept = {
        (key.table, tuple(key.columns), key.target, words.get(key.on_delete, "?"))
        for key in catalogue.of_walled(catalogue.foreign_keys)
        if key.target in catalogue.walled
    }
    assert said == kept


def test_directories_lose_rows_only_where_the_code_deletes_them(
    mapped: dict[str, Any], catalogue: Catalogue
) -> None:
    may = {
        right.table
        for right in catalogue.rights
        if right.role == APPLICATION and right.privilege == "DELETE" and right.table in catalogue.directories
    }
    deleted = {
        node.args[0].id
        for folder in ("app", "tenants")
        for path in sorted((ROOT / folder).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "delete"
        and isinstance(node.args[0], ast.Name)
    }
    assert may == {name for name in may if mapped[name].__name__ in deleted}
