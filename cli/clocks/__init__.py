"""What `concord clock` reads and prints; the counting itself is in `shared/clocks`."""
