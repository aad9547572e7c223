"""The jars that Kafka consists of, pinned by version and SHA-256, and how it logs."""
