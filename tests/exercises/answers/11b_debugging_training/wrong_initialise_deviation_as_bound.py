# loses 11b-initialise-tests: takes the standard deviation for a bound
# told: a third of what it should be

# %% grade_id="11b-initialise"
def initialise(network):
    for layer in network.modules():
        if isinstance(layer, (nn.Conv2d, nn.Linear)):
            fan_in = layer.weight[0].numel()
            nn.init.uniform_(layer.weight, -math.sqrt(2 / fan_in), math.sqrt(2 / fan_in))
            nn.init.zeros_(layer.bias)


first_weights = weights_function(initialise)  # for the checks
