#!/bin/sh
# One backup of a platform that runs in compose: all databases as they stood at one moment, then the files that they
# name (files are kept before their rows, so none is missing). Run it from the folder with compose.yaml, by cron:
#   ops/compose/backup.sh /backups
# The keys in ./secrets belong elsewhere: without the master keys nobody reads a backup, with them everybody does.
set -eu
umask 077
folder="${1:?where backups are kept}/$(date -u +%Y-%m-%dT%H%MZ)"
mkdir -p "$folder"
docker compose exec -T postgres pg_basebackup --username=juxian --pgdata=- --format=tar --wal-method=fetch \
    --checkpoint=fast | gzip > "$folder/postgres.tar.gz"
docker compose exec -T beat tar -C /data -cf - . > "$folder/files.tar"
# A backup that broke off is told at once: each is read to its end.
tar -tzf "$folder/postgres.tar.gz" | grep -q '^backup_label$'
tar -tf "$folder/files.tar" > /dev/null
(cd "$folder" && sha256sum postgres.tar.gz files.tar > SHA256SUMS)
echo "$folder"
