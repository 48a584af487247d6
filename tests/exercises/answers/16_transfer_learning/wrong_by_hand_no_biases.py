# loses 16-by-hand-tests: forgets the biases
# told: f: each of the five classes has a bias, too

# %% grade_id="16-by-hand"
by_hand = [0.25, -0.75, -0.5, 5.5, 5.95, 960]
