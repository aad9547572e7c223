# `docker compose run --rm backup [NAME]`: databases and journals of seals, of one moment.
# Journals first: they then name no seal that the copied ledgers lack.
set -eu
name="${1:-$(date -u +%Y-%m-%dT%H%M%SZ)}"
case "$name" in */*|.*|"") echo "a backup's name has no slash and no dot in front" >&2; exit 2;; esac
target="/backups/$name"
[ ! -e "$target" ] || { echo "$name is there already" >&2; exit 1; }
# one that was not finished is no use, and one a night would fill the disk
trap 'rm -rf "$target.part"' EXIT
rm -rf "$target.part"
mkdir -p -m 0700 "$target.part"
for service in /journals/*; do
  # 1: a seal was written meanwhile; a last line that is cut short counts as not there
  tar -C "$service" -cf "$target.part/journal-${service##*/}.tar" . || [ $? -eq 1 ]
done
# streamed: the server keeps its log until it is copied, however long the databases take
PGPASSWORD="$(cat /run/secrets/postgres_superuser_password)" pg_basebackup \
  --host postgres --username postgres --format tar --gzip --wal-method stream \
  --checkpoint fast --manifest-checksums SHA256 --pgdata "$target.part/postgres"
sync
mv "$target.part" "$target"
# by its age the services tell that backups are made (the alert BackupOld)
for service in /journals/*; do
  touch "$service/last-backup"
done
echo "$(du -sh "$target" | cut -f1) in backups/$name. The folder of secrets is not in it: keep a copy of it apart."
