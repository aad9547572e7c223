# `docker compose run --rm restore NAME`, with every service down, no database and an empty Kafka.
set -eu
[ $# -eq 1 ] || { echo "which backup? there are:" >&2; ls /backups >&2; exit 2; }
source="/backups/$1"
[ -e "$source/postgres/base.tar.gz" ] || { echo "there is no backup $1; there are:" >&2; ls /backups >&2; exit 2; }
if [ -e "$PGDATA/PG_VERSION" ]; then
  echo "the databases are not empty: docker compose down, then docker volume rm concord_postgres" >&2
  echo "concord_kafka removes them and the topics, with everything that is in them" >&2
  exit 1
fi
kept=""
for journal in "$source"/journal-*.tar; do
  service="${journal##*/journal-}"; service="${service%.tar}"
  if [ -e "/journals/$service/$service.journal" ]; then
    kept="$kept $service"
  else
    tar -C "/journals/$service" -xf "$journal"
  fi
done
# whole before it has its name: a restore that breaks off leaves nothing that would start
growing="$PGDATA.part"
rm -rf "$growing"
mkdir -p "$growing"
tar -C "$growing" -xzf "$source/postgres/base.tar.gz"
if [ -e "$source/postgres/pg_wal.tar.gz" ]; then
  tar -C "$growing/pg_wal" -xzf "$source/postgres/pg_wal.tar.gz"
fi
owner="$(tar -tzvf "$source/postgres/base.tar.gz" --numeric-owner PG_VERSION | awk '{print $2}' | tr / :)"
chown -R "$owner" "$growing"
chown "$owner" "$(dirname "$PGDATA")"
chmod 0700 "$growing"
sync
[ ! -d "$PGDATA" ] || rmdir "$PGDATA"
mv "$growing" "$PGDATA"
echo "Restored. Kafka begins empty and is filled from the ledgers: docker compose up -d"
for service in $kept; do
  echo "The journal of seals of $service was here, may name later ones and is kept. State what is lost, once it runs:"
  echo "  docker compose run --rm operate concord seal accept-restore --reason backup-restored --service $service"
done
