"""What the office decides: pure, without web, streams or database."""
