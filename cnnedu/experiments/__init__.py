"""What lessons show of measurements: one module per lesson, its figures beside it in `figures/`."""
