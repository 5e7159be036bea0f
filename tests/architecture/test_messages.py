"""Every stable code has its sentence, in both languages and with the same facts."""

import ast
import re
import string
from collections.abc import Iterator

import pytest

from app.core.messages import en, zh
from app.http import problem
from tests.architecture.source import Module, called, modules, words

CODE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
# Calls of which an argument is a code: its place, its keyword.
SPEAKERS = {
    "invalid": (1, "code"),
    "FieldProblem": (1, "code"),
    "ValidationError": (0, "message"),
    "say": (0, "code"),
}
CATALOGUES = {"zh": zh.SENTENCES, "en": en.SENTENCES}
SPEAKING = {"app", "api", "mobile_api", "tenants"}


def spoken(module: Module) -> Iterator[tuple[str, int]]:
    """The codes that a module says, with their lines."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call):
            for word in spoken_by(node):
                yield word.partition("|")[0], node.lineno
        elif isinstance(node, ast.ClassDef):
            for line in node.body:
                if isinstance(line, ast.Assign | ast.AnnAssign):
                    yield from declared(line)


def spoken_by(call: ast.Call) -> Iterator[str]:
    place, keyword = SPEAKERS.get(called(call), (None, None))
    said = [k.value for k in call.keywords if k.arg in {keyword, "error"}]
    if place is not None and len(call.args) > place:
        said.append(call.args[place])
    for node in said:
        for part in (node.body, node.orelse) if isinstance(node, ast.IfExp) else (node,):
            word = words(part)
            if word and CODE.fullmatch(word.partition("|")[0]):
                yield word


def declared(line: ast.Assign | ast.AnnAssign) -> Iterator[tuple[str, int]]:
    """`code = "..."` of an error, and the values of a field's default messages."""
    targets = line.targets if isinstance(line, ast.Assign) else [line.target]
    names = {target.id for target in targets if isinstance(target, ast.Name)}
    if "code" in names and (word := words(line.value)):
        yield word, line.lineno
    if names & {"default_error_messages", "error_messages"} and isinstance(line.value, ast.Dict):
        for inner in line.value.values:
            if word := words(inner):
                yield word.partition("|")[0], line.lineno


def facts(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("catalogue", CATALOGUES)
def test_every_code_has_a_sentence(catalogue: str) -> None:
    missing = {
        (code, f"{module.name}:{line}")
        for module in modules()
        if module.name.split(".")[0] in SPEAKING and ".messages" not in module.name
        for code, line in spoken(module)
        if code not in CATALOGUES[catalogue]
    }
    assert missing == set()


@pytest.mark.parametrize("catalogue", CATALOGUES)
def test_every_status_has_a_sentence(catalogue: str) -> None:
    assert set(problem.HTTP_CODES.values()) <= set(CATALOGUES[catalogue])


def test_the_search_for_codes_finds_them() -> None:
    found = {code for module in modules() for code, _ in spoken(module)}
    assert {"login-exists", "too-long", "required", "not-an-id", "invalid-email", "stale"} <= found


def test_both_languages_say_the_same() -> None:
    assert list(zh.SENTENCES) == list(en.SENTENCES)
    assert {code: facts(text) for code, text in zh.SENTENCES.items()} == {
        code: facts(text) for code, text in en.SENTENCES.items()
    }


def test_no_sentence_waits_for_nobody() -> None:
    source = "\n".join(module.text for module in modules() if ".messages" not in module.name)
    assert [code for code in zh.SENTENCES if f'"{code}"' not in source and f'"{code}|' not in source] == []


def test_sentences_keep_the_tone() -> None:
    for text in zh.SENTENCES.values():
        assert not re.search(r"[！!您]|。$", text), text
        assert not re.search(r"[一-鿿][A-Za-z0-9]|[A-Za-z0-9][一-鿿]", text), text
    for text in en.SENTENCES.values():
        assert not re.search(r"!|\.$|[一-鿿]", text), text
        assert text[0].isupper() or text[0] == "{", text
