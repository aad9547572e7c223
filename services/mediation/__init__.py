"""Mediation: from a request that both sides consent to, to a promise that is kept."""
