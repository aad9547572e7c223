"""What stats does with the events of other services."""
