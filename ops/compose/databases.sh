#!/bin/sh
# Run once by PostgreSQL's image in an empty cluster: a role and a database of its own for each service.
set -eu
for service in auth profile review notify; do
    password=$(cat "/tmp/secrets/${service}_database_password")
    psql --set=ON_ERROR_STOP=1 --set=name="juxian_$service" --set=password="$password" \
        --username "$POSTGRES_USER" --dbname postgres <<'SQL'
CREATE ROLE :"name" LOGIN PASSWORD :'password';
CREATE DATABASE :"name" OWNER :"name";
REVOKE CONNECT, TEMPORARY ON DATABASE :"name" FROM PUBLIC;
SQL
done
