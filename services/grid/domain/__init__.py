"""What an office decides about grids: pure, without web, streams or database."""
