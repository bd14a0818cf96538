"""Keep what is happening: an append-only record whose every alteration is found."""
