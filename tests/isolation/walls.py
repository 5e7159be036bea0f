"""The rules that every table must keep; each gives its faults, one line per fault."""

from collections.abc import Callable, Iterator

from app.embedded.postgres import APPLICATION, BACKUP, OWNER, SEARCH
from tests.isolation.catalogue import Catalogue, Constraint

Rule = Callable[[Catalogue], Iterator[str]]
RULES: list[Rule] = []

HERE = "(NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::bigint"
WALL = f"(tenant_id = {HERE})"
SHORTEST_REASON = 20
# Leakproof under row-level security, or never compared: see docs/adr on types.
TYPES = {
    "bigint", "integer", "smallint", "text", "boolean", "uuid", "date", "jsonb", "bytea", "text[]",
    "integer[]", "timestamp with time zone",
}  # fmt: skip


def rule(function: Rule) -> Rule:
    RULES.append(function)
    return function


@rule
def every_table_is_behind_the_wall_or_says_why_not(db: Catalogue) -> Iterator[str]:
    for table in db.tables.values():
        if table.is_directory:
            if len(table.comment) < SHORTEST_REASON:
                yield f"{table.name}: a directory without a reason"
            if table.walled:
                yield f"{table.name}: both a directory and walled"
        elif not table.walled:
            yield f"{table.name}: neither walled nor a directory"
        elif not table.forced:
            yield f"{table.name}: row-level security is not forced on its owner"


@rule
def rows_know_their_tenant(db: Catalogue) -> Iterator[str]:
    for table in db.walled:
        column = db.columns_of(table).get("tenant_id")
        if column is None:
            yield f"{table}: no tenant_id"
        elif (column.type, column.not_null) != ("bigint", True):
            yield f"{table}.tenant_id: not a bigint NOT NULL"
        elif column.default != HERE:
            yield f"{table}.tenant_id: its default is {column.default}, not the tenant entered"


@rule
def the_policy_is_the_wall_and_never_casts_the_column(db: Catalogue) -> Iterator[str]:
    for table in db.walled:
        for_all = [p for p in db.policies if p.table == table and p.roles != [SEARCH]]
        if [(p.permissive, p.roles, p.command, p.using, p.check) for p in for_all] != [
            (True, ["public"], "ALL", WALL, WALL)
        ]:
            yield f"{table}: its policies are {[(p.name, p.using, p.check) for p in for_all]}"
    for policy in db.policies:
        if policy.roles == [SEARCH] and policy.command != "SELECT":
            yield f"{policy.table}: the search role may do more than read"
        if policy.table not in db.walled:
            yield f"{policy.table}: a policy on a table that is not walled"


@rule
def keys_begin_with_the_tenant(db: Catalogue) -> Iterator[str]:
    primary = {i.table for i in db.indexes if i.primary}
    yield from (f"{table}: no primary key" for table in db.tables if table not in primary)
    for index in db.of_walled(db.indexes):
        if index.columns[0] != "tenant_id":
            yield f"{index.table}: {index.name} does not begin with tenant_id"
    for constraint in db.of_walled(db.constraints):
        if constraint.kind in {"p", "u", "x"} and constraint.columns[0] != "tenant_id":
            yield f"{constraint.table}: {constraint.name} does not begin with tenant_id"


@rule
def references_stay_within_the_tenant(db: Catalogue) -> Iterator[str]:
    for key in db.foreign_keys:
        if key.table in db.walled and key.target in db.walled:
            if (key.columns[0], key.target_columns[0]) != ("tenant_id", "tenant_id"):
                yield f"{key.table}: {key.name} does not begin with tenant_id on both sides"
        elif key.target in db.walled:
            yield f"{key.table}: {key.name} points from outside through the wall"
        elif key.table in db.walled and key.columns != ["tenant_id"]:
            yield f"{key.table}: {key.name} points out of the wall"


@rule
def references_never_change_rows_behind_our_back(db: Catalogue) -> Iterator[str]:
    for key in db.foreign_keys:
        if key.on_delete not in {"a", "r", "c"}:
            yield f"{key.table}: {key.name} has {key.definition.partition(' ON DELETE ')[2]} on delete"
        if key.on_update != "a":
            yield f"{key.table}: {key.name} changes rows on update"


@rule
def every_reference_has_an_index(db: Catalogue) -> Iterator[str]:
    def covered(key: Constraint) -> bool:
        width = len(key.columns)
        return any(i.table == key.table and set(i.columns[:width]) == set(key.columns) for i in db.indexes)

    # A directory row that is referred to is never deleted, so nothing scans for its references.
    for key in db.of_walled(db.foreign_keys):
        if not covered(key):
            yield f"{key.table}: {key.name} has no index"


@rule
def columns_have_types_that_keep_their_indexes(db: Catalogue) -> Iterator[str]:
    for column in db.of_walled(db.columns):
        if column.type not in TYPES:
            yield f"{column.table}.{column.name}: {column.type}"
        if column.default is not None and column.name != "tenant_id" and "(" in column.default:
            yield f"{column.table}.{column.name}: its default is computed by the database"


@rule
def states_are_checked(db: Catalogue) -> Iterator[str]:
    checks = [c for c in db.constraints if c.kind == "c"]
    for column in db.columns:
        if column.name == "state" and not any(
            c.table == column.table and "state" in c.columns for c in checks
        ):
            yield f"{column.table}.state: any word can be written into it"


@rule
def the_application_can_do_the_least(db: Catalogue) -> Iterator[str]:
    for right in db.rights:
        where = f"{right.role} on {right.table}{'.' + right.column if right.column else ''}"
        if right.grantable:
            yield f"{where}: may hand on {right.privilege}"
        if right.role == APPLICATION:
            allowed = {"SELECT", "INSERT", "UPDATE", "DELETE"}
            if right.table in db.directories and not right.column:
                allowed -= {"UPDATE"}
            if right.privilege not in allowed:
                yield f"{where}: {right.privilege}"
        elif right.role in {BACKUP, SEARCH}:
            if right.privilege != "SELECT":
                yield f"{where}: {right.privilege}"
        else:
            yield f"{where}: {right.privilege}"


@rule
def keys_of_directories_cannot_be_rewritten(db: Catalogue) -> Iterator[str]:
    keys = {(c.table, column) for c in db.constraints if c.kind in {"p", "u"} for column in c.columns}
    for right in db.rights:
        if right.privilege == "UPDATE" and (right.table, right.column) in keys:
            yield f"{right.role} may rewrite {right.table}.{right.column}"


@rule
def the_search_role_sees_little(db: Catalogue) -> Iterator[str]:
    """It passes one table's wall, so it must not be able to read another."""
    opened = {policy.table for policy in db.policies if policy.roles == [SEARCH]}
    for right in db.rights:
        if right.role == SEARCH and right.table not in opened:
            yield f"{right.table}: the search role may read it"


@rule
def nothing_else_shows_rows(db: Catalogue) -> Iterator[str]:
    options = dict(
        db.rows(
            "SELECT relname, coalesce(reloptions, '{}') FROM pg_class"
            " WHERE relnamespace = 'public'::regnamespace AND relkind = 'v'"
        )
    )
    for relation in db.relations:
        if relation.kind in {"m", "f"}:
            yield f"{relation.name}: a materialized view or foreign table has no wall"
        if relation.kind == "v" and not {"security_invoker=true", "security_invoker=on"} & set(
            options[relation.name]
        ):
            yield f"{relation.name}: a view that reads with its owner's eyes"


@rule
def the_owner_owns_everything(db: Catalogue) -> Iterator[str]:
    for relation in db.relations:
        if relation.owner != OWNER:
            yield f"{relation.name}: owned by {relation.owner}"


@rule
def nothing_happens_by_itself(db: Catalogue) -> Iterator[str]:
    for table, name in db.rows(
        "SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
        " WHERE NOT t.tgisinternal AND c.relnamespace = 'public'::regnamespace"
    ):
        yield f"{table}: trigger {name}"
    for table, name in db.rows(
        "SELECT c.relname, r.rulename FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class"
        " WHERE r.rulename <> '_RETURN' AND c.relnamespace = 'public'::regnamespace"
    ):
        yield f"{table}: rule {name}"
    yield from (f"event trigger {name}" for (name,) in db.rows("SELECT evtname FROM pg_event_trigger"))


@rule
def tables_are_in_public_and_extensions_are_not(db: Catalogue) -> Iterator[str]:
    for schema, name in db.rows(
        "SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname NOT IN ('public', 'information_schema')"
        " AND n.nspname NOT LIKE 'pg\\_%' AND NOT EXISTS ("
        "  SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')"
    ):
        yield f"{schema}.{name}: a table outside public"
    for (name,) in db.rows("SELECT extname FROM pg_extension WHERE extnamespace = 'public'::regnamespace"):
        yield f"extension {name} in public"


@rule
def functions_are_pinned_and_few_pass_the_wall(db: Catalogue) -> Iterator[str]:
    for function in db.functions:
        paths = [s for s in function.settings if s.startswith("search_path=")]
        if not paths or not paths[0].startswith(("search_path=pg_catalog", 'search_path=""')):
            yield f"{function.name}: its search_path is not pinned"
        if set(function.callers) - {APPLICATION}:
            yield f"{function.name}: {function.callers} may call it"
        if function.definer and function.owner != SEARCH:
            yield f"{function.name}: runs with the rights of {function.owner}"
        if function.definer and "current_setting('app.tenant_id', true), '')::bigint" not in function.source:
            yield f"{function.name}: passes the wall without naming the tenant"


@rule
def roles_are_what_they_should_be(db: Catalogue) -> Iterator[str]:
    for name in (OWNER, APPLICATION, BACKUP, SEARCH):
        role = db.roles[name]
        if role.superuser or role.powerful:
            yield f"{name}: more powerful than it needs to be"
        if role.bypasses != (name == BACKUP):
            yield f"{name}: BYPASSRLS is {role.bypasses}"
        if role.can_log_in != (name != SEARCH):
            yield f"{name}: LOGIN is {role.can_log_in}"
    if db.roles[APPLICATION].member_of or db.roles[SEARCH].member_of:
        yield f"{APPLICATION} or {SEARCH} is a member of another role"


@rule
def nobody_but_the_owner_creates(db: Catalogue) -> Iterator[str]:
    for role in (APPLICATION, SEARCH):
        for power, question in {
            "create things in public": "has_schema_privilege('{}', 'public', 'CREATE')",
            "create things in the database": "has_database_privilege('{}', 'guanxi_template', 'CREATE')",
            "make temporary tables": "has_database_privilege('{}', 'guanxi_template', 'TEMPORARY')",
        }.items():
            if db.rows(f"SELECT {question.format(role)}") == [(True,)]:
                yield f"{role} may {power}"
