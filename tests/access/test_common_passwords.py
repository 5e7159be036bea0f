"""What would be guessed first is refused; what merely looks like it is not."""

import pytest

from app.access.common_passwords import is_common

COMMON = """
password Password1! P@ssw0rd2024 passw0rd qwerty123 1qaz2wsx woaini1314 88888888 abcabcabc abababab
12345678 9876543210 qwertyuiop zxcvbnm1 welcome123 Admin@123 letmein!! dragon2023 dragon19900101
5201314520 abcdefgh hgfedcba aaaabbbb iloveyou1 Password123456
"""


@pytest.mark.parametrize("password", COMMON.split())
def test_common(password: str) -> None:
    assert is_common(password)


@pytest.mark.parametrize(
    "password",
    [
        "correct horse 9",
        "guanxi-demo-2026",
        "password-of-a-careful-person",
        "Xk3!pq9zLm",
        "云岫智能装备有限",
        "xq7-bridge-lamp",
    ],
)
def test_not_common(password: str) -> None:
    assert not is_common(password)
