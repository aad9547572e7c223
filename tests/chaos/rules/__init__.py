"""What must hold of an observation, rule by rule; each says what does not."""
