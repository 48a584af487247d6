"""One module per exercise: its references, its right answers by hand, its well-known mistakes."""
