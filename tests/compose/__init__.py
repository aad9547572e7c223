"""`make compose`: runs docker-compose.yml for real, with images made from packages."""
