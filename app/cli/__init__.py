"""`./run cli ...`: small tools for whoever keeps an installation."""

import importlib
import json
from pathlib import Path
from uuid import UUID

import click

from app.cli import operators
from app.cli.reaching import DATA_OPTION, connection, inside, plain, settings_of
from app.config import from_environment
from app.embedded.installation import Installation, write_private


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@DATA_OPTION
@click.pass_context
def cli(context: click.Context, data: Path | None) -> None:
    """Tools for an installation of Guanxi."""
    context.obj = data


@cli.command()
@DATA_OPTION
@click.option("--role", type=click.Choice(["owner", "app", "backup"]), default="owner", show_default=True)
@click.pass_obj
def dsn(outer: Path | None, data: Path | None, role: str) -> None:
    """Print a connection string of the running installation, for psql."""
    found = connection(data or outer, role)
    click.echo(plain(found))


@cli.command()
@DATA_OPTION
@click.option("--sql", is_flag=True, help="Print the statements instead of running them.")
@click.pass_obj
def migrate(outer: Path | None, data: Path | None, *, sql: bool) -> None:
    """Bring the database to the newest revision, as its owner."""
    # Imported here and below: these take longer to load than the other words take to run.
    from alembic import command  # noqa: PLC0415

    from migrations import runner  # noqa: PLC0415

    if sql:
        command.upgrade(runner.config(), "head", sql=True)
    else:
        click.echo(runner.upgrade(connection(data or outer, "owner")))


@cli.command()
@DATA_OPTION
@click.pass_obj
def demo(outer: Path | None, data: Path | None) -> None:
    """Fill an empty installation with two demo companies, and list who can sign in."""
    from app.demo import seed  # noqa: PLC0415
    from app.factory import create_app  # noqa: PLC0415

    settings = settings_of(data or outer)
    with create_app(settings).app_context():
        sign_ins = seed()
    write_private(Installation(settings.data_dir).demo, json.dumps(sign_ins, ensure_ascii=False, indent=1))
    for person in sign_ins:
        click.echo(f"{person['company']} · {person['role']}  {person['login']} / {person['password']}")


@cli.command("tenant-state")
@DATA_OPTION
@click.argument("slug")
@click.argument("state", type=click.Choice(["trial", "active", "read-only", "closed"]))
@click.pass_obj
def tenant_state(outer: Path | None, data: Path | None, slug: str, state: str) -> None:
    """Set what a company may do; closing it ends all its sessions."""
    from app.core.errors import NotFound  # noqa: PLC0415
    from app.core.uow import unit_of_work  # noqa: PLC0415
    from app.factory import create_app  # noqa: PLC0415
    from tenants import services  # noqa: PLC0415
    from tenants.context import outside_scope  # noqa: PLC0415
    from tenants.models import TenantState  # noqa: PLC0415

    with create_app(settings_of(data or outer)).app_context(), outside_scope():
        try:
            with unit_of_work():
                before = services.set_state(slug, TenantState(state))
        except NotFound:
            raise click.ClickException(f"there is no company {slug}") from None
    click.echo(f"{slug}: {before} -> {state}")


@cli.command()
@DATA_OPTION
@click.pass_obj
def dkim(outer: Path | None, data: Path | None) -> None:
    """Print the DNS record by which others check the signature of our mail."""
    from app.messaging import signing  # noqa: PLC0415

    seal = signing.seal_of(settings_of(data or outer))
    if seal is None:
        raise click.ClickException("no key is set: see GUANXI_DKIM_SELECTOR and GUANXI_DKIM_KEY_FILE")
    name, told = signing.record_of(seal)
    click.echo(f'{name}. IN TXT "{told}"')


@cli.group()
def audit() -> None:
    """The audit trail."""


@audit.command()
@DATA_OPTION
@click.option("--tenant", help="Only the company with this slug.")
@click.pass_obj
def verify(outer: Path | None, data: Path | None, *, tenant: str | None) -> None:
    """Check the trail against its sealed chain and the anchors; exit code 1 if it was tampered with."""
    from app.audit.inspection import inspect_trails  # noqa: PLC0415
    from app.core.errors import NotFound  # noqa: PLC0415

    intact = True
    with inside(data or outer):
        try:
            for found in inspect_trails(tenant):
                intact = intact and found.intact
                click.echo("\n".join(found.lines))
        except NotFound:
            raise click.ClickException(f"there is no company {tenant}") from None
    if not intact:
        raise click.exceptions.Exit(1)


@audit.command()
@DATA_OPTION
@click.argument("tenant")
@click.argument("subject_type")
@click.argument("subject_id", type=click.UUID)
@click.pass_obj
def erase(outer: Path | None, data: Path | None, tenant: str, subject_type: str, subject_id: UUID) -> None:
    """Erase what the trail of a company says about one record, for good; that it was done stays."""
    from app.audit.inspection import erase_subject  # noqa: PLC0415
    from app.core.errors import NotFound  # noqa: PLC0415

    with inside(data or outer):
        try:
            count = erase_subject(tenant, subject_type, subject_id)
        except NotFound:
            raise click.ClickException(f"there is no company {tenant}") from None
    click.echo(f"{tenant}: {count} lines erased")


@cli.command()
@DATA_OPTION
@click.argument("target", type=click.Path(path_type=Path))
@click.pass_obj
def backup(outer: Path | None, data: Path | None, target: Path) -> None:
    """Write a backup of the whole installation into a file, or a new one into a directory."""
    from app.backup.manifest import BackupError  # noqa: PLC0415
    from app.backup.taking import take  # noqa: PLC0415
    from app.core import clock  # noqa: PLC0415

    file = target / f"guanxi-{clock.now():%Y%m%d-%H%M%S}.zip" if target.is_dir() else target
    with inside(data or outer):
        try:
            taken = take(plain(connection(data or outer, "backup")), file)
        except BackupError as error:
            raise click.ClickException(str(error)) from error
    rows = sum(table.rows for table in taken.tables)
    click.echo(f"{file}: {len(taken.tables)} tables, {rows} rows, {taken.files} files")
    for key in taken.missing:
        click.echo(f"missing: {key}", err=True)


@cli.command()
@DATA_OPTION
@click.argument("source", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--force", is_flag=True, help="Throw away what is in the database now.")
@click.pass_obj
def restore(outer: Path | None, data: Path | None, source: Path, *, force: bool) -> None:
    """Bring a backup back into a migrated, empty installation; then start it anew."""
    from app.backup.manifest import BackupError  # noqa: PLC0415
    from app.backup.restoring import restore as bring_back  # noqa: PLC0415
    from migrations import runner  # noqa: PLC0415

    with inside(data or outer):
        try:
            owner = plain(connection(data or outer, "owner"))
            brought = bring_back(owner, source, head=runner.newest(), force=force)
        except BackupError as error:
            raise click.ClickException(str(error)) from error
    rows = sum(table.rows for table in brought.tables)
    click.echo(
        f"{source}, taken {brought.taken_at}: {len(brought.tables)} tables, {rows} rows, counted again"
    )


@cli.command()
def openapi() -> None:
    """Print the OpenAPI document, from the code alone."""
    from app.factory import create_app  # noqa: PLC0415
    from app.http.openapi import specification  # noqa: PLC0415

    # By name, because the house does not lean on its doors; here they are only described.
    door, phone = (importlib.import_module(name) for name in ("api.v1", "mobile_api.v1"))
    doors = [*door.BLUEPRINTS, *phone.BLUEPRINTS, *door.DEVELOPMENT_BLUEPRINTS]
    nowhere = {"DATABASE_URL": "postgresql://-", "REDIS_URL": "redis://-", "GUANXI_SECRET_KEY": "-" * 32}
    app = create_app(from_environment({"GUANXI_ENVIRONMENT": "test", **nowhere}), mounts=doors)
    with app.app_context():
        click.echo(json.dumps(specification(app), ensure_ascii=False, indent=2))


cli.add_command(operators.operator)
