"""Requests seals and proofs from a service, and checks them locally."""
