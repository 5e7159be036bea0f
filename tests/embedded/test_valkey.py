from pathlib import Path

import pytest
import redis

from app.embedded.valkey import EmbeddedValkey


def test_keeps_what_was_written(tmp_path: Path):
    first = EmbeddedValkey(tmp_path).start()
    with redis.Redis.from_url(first.url, decode_responses=True) as client:
        client.set("名", "关系")
    first.stop()

    second = EmbeddedValkey(tmp_path).start()
    with redis.Redis.from_url(second.url, decode_responses=True) as client:
        found = client.get("名")
    second.stop()

    assert found == "关系"


def test_answers_nobody_without_its_password(tmp_path: Path):
    server = EmbeddedValkey(tmp_path, durable=False).start()
    with redis.Redis(host="127.0.0.1", port=server.port) as client, pytest.raises(redis.AuthenticationError):
        client.ping()
    server.stop()

    assert (
        server.url.partition("@")[0].removeprefix("redis://:")
        not in (tmp_path / "logs/valkey.log").read_text()
    )
