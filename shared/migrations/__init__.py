"""Schema changes that every service shares; each service's own first revision depends on them."""
