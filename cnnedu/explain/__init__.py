"""Methods that show what a network looks at, how it is fooled, and how far to trust it."""
