"""Every way a wall can have a hole: how to make it, and what the checks must say of it."""

OWN = "SET LOCAL ROLE guanxi_owner; "
MADE = OWN + "CREATE TABLE made (tenant_id bigint NOT NULL, id uuid NOT NULL"
KEY = ", CONSTRAINT made_pkey PRIMARY KEY (tenant_id, id))"
HERE = "nullif(current_setting('app.tenant_id', true), '')::bigint"
WALLED = (
    f"; ALTER TABLE made ENABLE ROW LEVEL SECURITY; ALTER TABLE made FORCE ROW LEVEL SECURITY"
    f"; ALTER TABLE made ALTER tenant_id SET DEFAULT {HERE}"
)
POLICY = f"; CREATE POLICY tenant_wall ON made USING (tenant_id = {HERE}) WITH CHECK (tenant_id = {HERE})"
GOOD = MADE + KEY + WALLED + POLICY
FUNCTION = OWN + "CREATE FUNCTION made() RETURNS int LANGUAGE sql {} AS 'SELECT 1'"

FAULTS = {
    "no wall": (MADE + KEY, "made: neither walled nor a directory"),
    "wall not forced": (
        GOOD + "; ALTER TABLE made NO FORCE ROW LEVEL SECURITY",
        "made: row-level security is not",
    ),
    "no policy": (MADE + KEY + WALLED, "made: its policies are []"),
    "a reason too short": (
        MADE + KEY + "; COMMENT ON TABLE made IS 'directory: so'",
        "made: a directory with",
    ),
    "tenant may be null": (
        OWN + "CREATE TABLE made (tenant_id bigint)" + WALLED + POLICY,
        "made.tenant_id: not a bigint NOT NULL",
    ),
    "another type of tenant": (
        MADE.replace("bigint", "integer") + KEY + WALLED + POLICY,
        "made.tenant_id: not a bigint NOT NULL",
    ),
    "no default": (
        GOOD + "; ALTER TABLE made ALTER tenant_id DROP DEFAULT",
        "made.tenant_id: its default",
    ),
    "the column is cast": (
        MADE + KEY + WALLED + "; CREATE POLICY tenant_wall ON made"
        " USING (tenant_id::text = current_setting('app.tenant_id', true))",
        "made: its policies",
    ),
    "writes are not checked": (
        MADE
        + KEY
        + WALLED
        + f"; CREATE POLICY tenant_wall ON made USING (tenant_id = {HERE}) WITH CHECK (true)",
        "made: its policies",
    ),
    "a second way in": (
        GOOD + "; CREATE POLICY open ON made FOR SELECT USING (true)",
        "made: its policies",
    ),
    "search may write": (
        GOOD + "; CREATE POLICY s ON made TO guanxi_search USING (true)",
        "made: the search role may do more than read",
    ),
    "a key without tenant": (
        MADE + ", CONSTRAINT made_pkey PRIMARY KEY (id))" + WALLED + POLICY,
        "made: made_pkey does not begin with tenant_id",
    ),
    "a global unique": (GOOD + "; CREATE UNIQUE INDEX made_x ON made (id)", "made: made_x does not begin"),
    "no key": (MADE + ")" + WALLED + POLICY, "made: no primary key"),
    "a plain foreign key": (
        GOOD + "; CREATE UNIQUE INDEX u ON made (id); ALTER TABLE made ADD CONSTRAINT f"
        " FOREIGN KEY (id) REFERENCES made (id)",
        "made: f does not begin with tenant_id on both sides",
    ),
    "a reference through the wall": (
        MADE + KEY + "; COMMENT ON TABLE made IS 'directory: because it is a test'; ALTER TABLE made"
        " ADD CONSTRAINT f FOREIGN KEY (tenant_id, id) REFERENCES users (tenant_id, id)",
        "made: f points from outside through the wall",
    ),
    "set null": (
        GOOD + "; ALTER TABLE made ADD CONSTRAINT f FOREIGN KEY (tenant_id, id)"
        " REFERENCES users (tenant_id, id) ON DELETE SET NULL",
        "made: f has SET NULL on delete",
    ),
    "cascading updates": (
        GOOD + "; ALTER TABLE made ADD CONSTRAINT f FOREIGN KEY (tenant_id, id)"
        " REFERENCES users (tenant_id, id) ON UPDATE CASCADE",
        "made: f changes rows on update",
    ),
    "a reference without index": (
        GOOD + "; ALTER TABLE made ADD COLUMN x uuid; ALTER TABLE made ADD CONSTRAINT f"
        " FOREIGN KEY (tenant_id, x) REFERENCES users (tenant_id, id)",
        "made: f has no index",
    ),
    "a numeric": (GOOD + "; ALTER TABLE made ADD COLUMN x numeric", "made.x: numeric"),
    "a volatile default": (
        GOOD + "; ALTER TABLE made ADD COLUMN x uuid DEFAULT gen_random_uuid()",
        "made.x: its default is computed",
    ),
    "a free state": (GOOD + "; ALTER TABLE made ADD COLUMN state text", "made.state: any word"),
    "truncate": (GOOD + "; GRANT TRUNCATE ON made TO guanxi_app", "guanxi_app on made: TRUNCATE"),
    "rights for all": (GOOD + "; GRANT SELECT ON made TO PUBLIC", "PUBLIC on made: SELECT"),
    "rights to hand on": (
        GOOD + "; GRANT SELECT ON made TO guanxi_app WITH GRANT OPTION",
        "guanxi_app on made: may hand on SELECT",
    ),
    "whole rows of a directory": (
        OWN + "GRANT UPDATE ON tenants TO guanxi_app",
        "guanxi_app on tenants: UPDATE",
    ),
    "a directory's key": (
        OWN + "GRANT UPDATE (slug) ON tenants TO guanxi_app",
        "guanxi_app may rewrite tenants.slug",
    ),
    "search reads more": (
        "GRANT SELECT (id) ON users TO guanxi_search",
        "users: the search role",
    ),
    "a definer's view": (
        OWN + "CREATE VIEW made AS SELECT * FROM users",
        "made: a view that reads with its owner's eyes",
    ),
    "a materialized view": (
        OWN + "CREATE MATERIALIZED VIEW made AS SELECT * FROM users",
        "made: a materialized view",
    ),
    "a foreign owner": ("CREATE TABLE made ()", "made: owned by postgres"),
    "a trigger": (
        GOOD + "; CREATE TRIGGER t BEFORE UPDATE ON made FOR EACH ROW"
        " EXECUTE FUNCTION suppress_redundant_updates_trigger()",
        "made: trigger t",
    ),
    "a rule": (GOOD + "; CREATE RULE r AS ON DELETE TO made DO INSTEAD NOTHING", "made: rule r"),
    "another schema": (
        "CREATE SCHEMA aside; CREATE TABLE aside.made ()",
        "aside.made: a table outside",
    ),
    "an open path": (
        FUNCTION.format("") + "; REVOKE ALL ON FUNCTION made FROM PUBLIC",
        "made: its search_path is not pinned",
    ),
    "a function for all": (FUNCTION.format("SET search_path = pg_catalog"), "made: ['PUBLIC'] may call it"),
    "the owner's rights": (
        FUNCTION.format("SECURITY DEFINER SET search_path = pg_catalog"),
        "made: runs with the rights of guanxi_owner",
    ),
    "a definer without tenant": (
        FUNCTION.format("SECURITY DEFINER SET search_path = pg_catalog"),
        "made: passes the wall without naming the tenant",
    ),
    "a role that bypasses": ("ALTER ROLE guanxi_app BYPASSRLS", "guanxi_app: BYPASSRLS is True"),
    "a role that is a": (
        "GRANT guanxi_owner TO guanxi_app",
        "guanxi_app or guanxi_search is a",
    ),
    "a role that creates": (
        "GRANT CREATE ON SCHEMA public TO guanxi_app",
        "guanxi_app may create things",
    ),
}
