"""People's mediation: disputes, their sessions and agreements, the mediators and committees."""
