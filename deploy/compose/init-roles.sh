#!/bin/sh
# Run by the database container on its first start.
set -eu
psql -U "$POSTGRES_USER" -v owner_password="$OWNER_PASSWORD" -v app_password="$APP_PASSWORD" \
    -v backup_password="$BACKUP_PASSWORD" -f /roles.sql postgres
