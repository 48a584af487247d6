# loses 05-counts-tests: 30 × 30 outputs, as without padding
# told: 30 × 30 outputs are what remains without padding

# %% grade_id="05-counts"
counts = [7850, 336, 12 * 27 * 30 * 30]
