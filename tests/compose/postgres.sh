# As the official image: `postgres` with options; makes the cluster first.
set -eu
shift
if [ ! -e $PGDATA/PG_VERSION ]; then
  /pg/bin/initdb -D $PGDATA -U postgres --auth=scram-sha-256 --pwfile="$POSTGRES_PASSWORD_FILE" \
    -E UTF8 --locale=C.UTF-8 --no-instructions >/dev/null
  echo 'host all all all scram-sha-256' >> $PGDATA/pg_hba.conf
  . /docker-entrypoint-initdb.d/allow-backup.sh
fi
exec /pg/bin/postgres -D $PGDATA -c listen_addresses='*' -c unix_socket_directories=/tmp "$@"
