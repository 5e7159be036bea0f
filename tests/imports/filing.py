"""Files of one kind of records: uploaded, tried out, brought in, taken back."""

from typing import Any

from tests.imports.conftest import Desk

Json = dict[str, Any]


class Filing:
    """Somebody at a desk with files of one kind."""

    def __init__(self, desk: Desk, record_type: str) -> None:
        self.desk, self.type = desk, record_type

    def upload(self, content: str | bytes, filename: str = "表.csv") -> Json:
        answer = self.desk.send(content, filename, type=self.type)
        assert answer.status_code == 201, answer.json
        return dict(answer.json)

    def run(self, content: str | bytes, filename: str = "表.csv", **rules: str) -> Json:
        wanted = self.upload(content, filename)
        job = self.desk.start(self.desk.map(wanted, **rules) if rules else wanted)
        self.desk.work()
        return self.desk.job(job["id"])

    def check(self, content: str | bytes, **rules: str) -> Json:
        wanted = self.upload(content)
        wanted = self.desk.map(wanted, **rules) if rules else wanted
        return self._begun(f"/imports/{wanted['id']}/check")

    def undo(self, job: Json) -> Json:
        return self._begun(f"/imports/{job['import_id']}/undo")

    def _begun(self, path: str) -> Json:
        answer = self.desk.browser.post(path)
        assert answer.status_code == 202, answer.json
        self.desk.work()
        return self.desk.job(answer.json["id"])

    def told(self, job: Json, outcome: str) -> list[tuple[str, list[str]]]:
        rows = self.desk.rows(job)
        return [(row["label"], row["messages"]) for row in rows if row["outcome"] == outcome]

    def listed(self) -> list[Json]:
        return list(self.desk.browser.get(f"/{self.type}s?limit=100&sort=created_at").json["items"])


def done(job: Json) -> tuple[str, int, int, int]:
    return job["state"], job["succeeded"], job["skipped"], job["failed"]


def effects(job: Json) -> Json:
    return {name: count for name, count in job["effects"].items() if count}
