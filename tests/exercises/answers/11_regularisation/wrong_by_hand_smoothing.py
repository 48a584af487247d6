# loses 11-by-hand-tests: 1 − ε for the right class
# told: has its share of ε

# %% grade_id="11-by-hand"
by_hand = [4, 1.3, 1.9, 1.5, 1 - 0.5]
