"""Find in English text what the reader needs: the grammar is ours, in small rules."""
