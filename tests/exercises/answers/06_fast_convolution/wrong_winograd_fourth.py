# loses 06-winograd-tests: d3 − d1 in the fourth product
# told: m₄ takes d₁ − d₃

# %% grade_id="06-winograd"
winograd = [-2, 8, 6, 9, 12, -7]
