# `docker compose run --rm restore NAME`, with every service down and its volumes empty.
set -eu
[ $# -eq 1 ] || { echo "which backup? there are:" >&2; ls /backups >&2; exit 2; }
source="/backups/$1"
[ -e "$source/postgres/base.tar.gz" ] || { echo "there is no backup $1; there are:" >&2; ls /backups >&2; exit 2; }
if [ -e "$PGDATA/PG_VERSION" ]; then
  echo "the databases are not empty: docker compose down -v removes them, and everything in them" >&2
  exit 1
fi
mkdir -p "$PGDATA"
tar -C "$PGDATA" -xzf "$source/postgres/base.tar.gz"
owner="$(tar -tzvf "$source/postgres/base.tar.gz" --numeric-owner PG_VERSION | awk '{print $2}')"
chown "$(echo "$owner" | tr / :)" "$PGDATA" "$(dirname "$PGDATA")"
chmod 0700 "$PGDATA"
for journal in "$source"/journal-*.tar; do
  service="${journal##*/journal-}"
  tar -C "/journals/${service%.tar}" -xf "$journal"
done
echo "Restored. Kafka begins empty and is filled from the ledgers: docker compose up -d"
