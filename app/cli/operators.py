"""`./run cli operator`: accounts of those who keep the installation."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from app.cli.reaching import DATA_OPTION, connection, inside, plain

if TYPE_CHECKING:
    from app.operators.accounts import Made


@click.group()
def operator() -> None:
    """Accounts of those who keep the installation; they sign in at /operator."""


@operator.command()
@DATA_OPTION
@click.argument("email")
@click.option("--name", help="What colleagues call them (default: the address).")
@click.option("--password", help="A password (default: one is made up and printed once).")
@click.option("--no-code", is_flag=True, help="Without an authenticator: for one's own machine only.")
@click.pass_obj
def add(
    outer: Path | None,
    data: Path | None,
    email: str,
    name: str | None,
    password: str | None,
    *,
    no_code: bool,
) -> None:
    """Make an account; what is printed is shown only now."""
    from app.operators import accounts  # noqa: PLC0415

    where = data or outer
    with inside(where):
        try:
            owner = plain(connection(where, "owner"))
            made = accounts.add(owner, email, name or email, password=password, with_code=not no_code)
        except accounts.NotAnAddress:
            raise click.ClickException(f"{email} is no e-mail address") from None
        except accounts.OperatorExists:
            raise click.ClickException(f"there is an operator {email}") from None
    _show(made)


@operator.command()
@DATA_OPTION
@click.argument("email")
@click.option("--password", help="A password (default: one is made up and printed once).")
@click.option("--no-code", is_flag=True, help="Without an authenticator: for one's own machine only.")
@click.pass_obj
def reset(outer: Path | None, data: Path | None, email: str, password: str | None, *, no_code: bool) -> None:
    """Give an account a new password and authenticator; it is open again, and its sessions end."""
    from app.operators import accounts  # noqa: PLC0415

    where = data or outer
    with inside(where):
        try:
            owner = plain(connection(where, "owner"))
            made = accounts.reset(owner, email, password=password, with_code=not no_code)
        except accounts.NoSuchOperator:
            raise click.ClickException(f"there is no operator {email}") from None
    _show(made)


def _show(made: "Made") -> None:
    click.echo(f"{made.email} / {made.password}")
    if made.address:
        click.echo(f"authenticator: {made.secret}\n{made.address}")


@operator.command("disable")
@DATA_OPTION
@click.argument("email")
@click.pass_obj
def shut(outer: Path | None, data: Path | None, email: str) -> None:
    """Shut an account at once; what was done by it stays in the list of deeds."""
    from app.operators import accounts  # noqa: PLC0415

    try:
        accounts.disable(plain(connection(data or outer, "owner")), email)
    except accounts.NoSuchOperator:
        raise click.ClickException(f"there is no operator {email}") from None
    click.echo(f"{email}: disabled")


@operator.command("list")
@DATA_OPTION
@click.pass_obj
def show(outer: Path | None, data: Path | None) -> None:
    """List all accounts."""
    from app.operators import accounts  # noqa: PLC0415

    for email, name, is_open in accounts.listed(plain(connection(data or outer, "owner"))):
        click.echo(f"{email}  {name}{'' if is_open else '  (disabled)'}")
