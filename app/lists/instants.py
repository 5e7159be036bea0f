"""Instants on the wire, written without detours: ISO 8601, in UTC."""

from datetime import datetime


def utc(at: datetime) -> str:
    """An instant that is in UTC already."""
    return at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def utc_of(text: str) -> str:
    """PostgreSQL's text of an instant, in a session at UTC."""
    return f"{text[:10]}T{text[11:-3]}Z"
