"""Methods that show what a network looks at, how to fool it, and how far to trust it."""
