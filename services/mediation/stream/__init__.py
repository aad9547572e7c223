"""What mediation does with the events of other services."""
