"""The shapes that words have, in every language."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BellText:
    """A line under the bell; `{fact}` stands for a fact."""

    title: str
    body: str = ""


@dataclass(frozen=True, slots=True)
class MailText:
    """An e-mail: paragraphs, and a button if the message has a link."""

    subject: str
    paragraphs: tuple[str, ...]
    button: str = ""
    footer: str = ""
    """Below all, if not what stands below every mail of ours."""
    called: str = ""
    """What its sender is told that it was, where its facts are wiped once it is sent."""
