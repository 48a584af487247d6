# loses 08-rate-tests: no parentheses below the line
# told: Parentheses are missing, or in the wrong place

# %% grade_id="08-rate"
import math


def rate(step, steps, warm, lr):
    if step < warm:
        return lr * (step + 1) / warm
    return lr / 2 * (1 + math.cos(math.pi * (step - warm) / steps - warm))
