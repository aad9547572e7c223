"""PostgreSQL: the databases and roles of the services."""
