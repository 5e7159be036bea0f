-- The roles and the database of an installation. Run once, as a superuser:
--   psql -v owner_password=... -v app_password=... -v backup_password=... -f deploy/roles.sql postgres
\set ON_ERROR_STOP on

-- Owns the tables and runs the migrations; no process that serves requests logs in as this role.
CREATE ROLE guanxi_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD :'owner_password';
-- Serves requests and runs jobs; row-level security holds it.
CREATE ROLE guanxi_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD :'app_password';
-- Reads everything, for pg_dump only.
CREATE ROLE guanxi_backup LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE BYPASSRLS PASSWORD :'backup_password';
GRANT pg_read_all_data TO guanxi_backup;
-- Owns the one audited search function; nobody logs in as it. The owner may hand the function over,
-- but does not read as this role (PostgreSQL 15 knows no such fine distinction).
CREATE ROLE guanxi_search NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
SELECT current_setting('server_version_num')::int >= 160000 AS fine \gset
\if :fine
GRANT guanxi_search TO guanxi_owner WITH INHERIT FALSE, SET TRUE;
\else
GRANT guanxi_search TO guanxi_owner;
\endif

-- PostgreSQL 17 and newer: a locale that needs nothing from the system and knows Chinese letters for letters.
SELECT current_setting('server_version_num')::int >= 170000 AS builtin \gset
\if :builtin
CREATE DATABASE guanxi OWNER guanxi_owner TEMPLATE template0 ENCODING 'UTF8'
    LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C.UTF-8';
\else
CREATE DATABASE guanxi OWNER guanxi_owner TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8';
\endif
REVOKE ALL ON DATABASE guanxi FROM PUBLIC;
GRANT CONNECT ON DATABASE guanxi TO guanxi_app, guanxi_backup;

\connect guanxi
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO guanxi_app, guanxi_backup, guanxi_search;
