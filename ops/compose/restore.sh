#!/bin/sh
# Puts a backup in place of what is there, after asking. Redis begins empty: the last day's events are told again, and
# whoever has heard one does nothing. Run it from the folder with compose.yaml:  ops/compose/restore.sh /backups/2026-…
# On another machine begin with the same ./secrets and .env.
set -eu
folder="${1:?which backup}"
(cd "$folder" && sha256sum -c SHA256SUMS)
printf 'This replaces all data of the platform in this folder. Type "replace": '
read -r answer
[ "$answer" = replace ]
docker compose down
docker volume rm -f juxian_postgres juxian_redis juxian_files
docker compose run --rm --no-deps -T --entrypoint sh postgres -c \
    'install -d -o postgres -g postgres -m 0700 "$PGDATA" && tar -C "$PGDATA" -xzf -' < "$folder/postgres.tar.gz"
docker compose run --rm --no-deps -T --entrypoint tar beat -C /data -xf - < "$folder/files.tar"
docker compose up -d --wait
docker compose exec beat juxian db check
docker compose exec beat juxian audit verify
