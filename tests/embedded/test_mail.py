import os
import smtplib
import subprocess
import sys
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from app.embedded.installation import ROOT
from app.embedded.mail import Mailbox
from app.embedded.processes import free_port
from tests.embedded.running import await_true


def test_a_message_sent_to_it_becomes_a_file(tmp_path: Path):
    port = free_port()
    command = [sys.executable, "-m", "app.embedded.mail", str(port), str(tmp_path / "mailbox")]
    with subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(ROOT)}) as server:
        await_true("the mail server", lambda: _greets(port))
        message = EmailMessage()
        message["From"], message["To"] = "关系 <no-reply@guanxi.example>", "li@example.cn"
        message["Subject"] = "邀请你加入"
        message.set_content("你好")
        with smtplib.SMTP("127.0.0.1", port) as client:
            client.send_message(message)
        server.terminate()

    assert server.returncode == 0
    (file,) = (tmp_path / "mailbox").iterdir()
    kept = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert (kept["Subject"], kept["To"]) == ("邀请你加入", "li@example.cn")
    assert file.suffix == ".eml"


def test_keeps_only_the_newest(tmp_path: Path):
    mailbox = Mailbox(tmp_path, kept=2)

    stored = [mailbox.store(f"{number}".encode()) for number in range(4)]

    assert sorted(tmp_path.iterdir()) == sorted(stored[2:])


def _greets(port: int) -> bool:
    try:
        smtplib.SMTP("127.0.0.1", port).quit()
    except OSError:
        return False
    return True
