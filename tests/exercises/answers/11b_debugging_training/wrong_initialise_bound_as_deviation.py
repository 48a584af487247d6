# loses 11b-initialise-tests: takes the bound for a standard deviation
# told: three times too large

# %% grade_id="11b-initialise"
def initialise(network):
    for layer in network.modules():
        if isinstance(layer, (nn.Conv2d, nn.Linear)):
            fan_in = layer.weight[0].numel()
            nn.init.normal_(layer.weight, 0.0, math.sqrt(6 / fan_in))
            nn.init.zeros_(layer.bias)


first_weights = weights_function(initialise)  # for the checks
