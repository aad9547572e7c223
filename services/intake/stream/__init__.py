"""What intake does with the events of other services."""
