"""Pure: what a case's events come to, what is counted of it, and what figures mean."""
