"""Entering a tenant and checking the session as one call, for reads that travel in one round trip."""

from alembic import op

from migrations import ops

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# The tenant is set by a literal SET LOCAL, which a cluster hands on to its nodes. Lists have one plan that
# is good for all values, and planning takes longer than running them: it is kept, unless asked otherwise.
ENTER = """
CREATE FUNCTION enter(p_tenant bigint, p_session uuid, p_any_value boolean)
RETURNS TABLE (user_id uuid, tenant_state text, access_version bigint)
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, public AS $$
BEGIN
    EXECUTE format('SET LOCAL app.tenant_id = %L', p_tenant);
    IF p_any_value THEN
        SET LOCAL plan_cache_mode = force_generic_plan;
    END IF;
    RETURN QUERY SELECT c.user_id, c.tenant_state, c.access_version FROM public.check_session(p_session) c;
END $$
"""


def upgrade() -> None:
    op.execute(ENTER)
    op.execute("REVOKE ALL ON FUNCTION enter(bigint, uuid, boolean) FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION enter(bigint, uuid, boolean) TO {ops.APP_ROLE}")


def downgrade() -> None:
    op.execute("DROP FUNCTION enter(bigint, uuid, boolean)")
