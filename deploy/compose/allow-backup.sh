# Lets `docker compose run --rm backup` copy the whole cluster, with the superuser's password.
echo 'host replication postgres all scram-sha-256' >> "$PGDATA/pg_hba.conf"
