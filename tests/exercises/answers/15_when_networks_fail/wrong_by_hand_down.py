# loses 15-by-hand-tests: the attack helps the network
# told: b: the push must make the score *smaller*

# %% grade_id="15-by-hand"
by_hand = [0.35, 0.65, 0.36, 1.443]
