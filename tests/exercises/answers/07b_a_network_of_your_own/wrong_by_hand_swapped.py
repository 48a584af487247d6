# loses 07b-by-hand-tests: a and b swapped in the product
# told: the gradient of b holds a

# %% grade_id="07b-by-hand"
by_hand = [15, 20, 80, 65]
