"""What `concord seal` asks of a service, and how it checks the answers by itself."""
