# loses 06-winograd-tests: m4 is added
# told: y₁ *subtracts* m₄

# %% grade_id="06-winograd"
winograd = [-2, 8, 6, -9, 12, 8 - 6 - 9]
