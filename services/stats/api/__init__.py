"""What stats answers: figures, their evidence, the measures' definitions, gauges."""
