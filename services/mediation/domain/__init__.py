"""What a mediation committee decides: pure, without web, streams or database."""
