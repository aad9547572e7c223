"""What the generators draw from: chance that repeats itself, and the lives of disputes."""
