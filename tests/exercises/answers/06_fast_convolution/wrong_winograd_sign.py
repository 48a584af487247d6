# loses 06-winograd-tests: g1 is negative, and is subtracted
# told: g₁ is negative

# %% grade_id="06-winograd"
winograd = [-2, 8, 2, -9, 8, 15]
