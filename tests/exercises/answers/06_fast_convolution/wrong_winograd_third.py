# loses 06-winograd-tests: d1 − d2 in the third product
# told: m₃ takes d₂ − d₁

# %% grade_id="06-winograd"
winograd = [-2, 8, (1 - 3) * (2 + 1 + 3) / 2, -9, 0, 23]
