exec "$PROGRAM" "$@"
