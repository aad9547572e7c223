"""For tests of all services: facts instead of mocks, waiting instead of sleeping, tokens to enter with."""
