"""Connections that look at the walls from outside."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from flask import Flask

from app.embedded.postgres import SUPERUSER
from tests.isolation.catalogue import Catalogue
from tests.support.servers import dsn

Connection = psycopg.Connection[tuple[Any, ...]]


@pytest.fixture
def superuser(app: Flask, database: str) -> Iterator[Connection]:
    """Everything this connection does is undone at the end of the test."""
    with psycopg.connect(dsn(SUPERUSER, database)) as connection:
        yield connection
        connection.rollback()


@pytest.fixture
def catalogue(superuser: Connection) -> Catalogue:
    """What the database says about itself."""
    return Catalogue(superuser)
