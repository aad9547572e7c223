"""What grid does with the events of other services, and with what falls due."""
