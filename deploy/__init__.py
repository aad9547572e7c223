"""How the system is put on machines; nothing in here is imported by a service."""
