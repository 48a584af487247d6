# loses 11b-initialise-tests: has the variance 1 / fan_in
# told: half of what it should be

# %% grade_id="11b-initialise"
def initialise(network):
    for layer in network.modules():
        if isinstance(layer, (nn.Conv2d, nn.Linear)):
            fan_in = layer.weight[0].numel()
            nn.init.normal_(layer.weight, 0.0, fan_in**-0.5)
            nn.init.zeros_(layer.bias)


first_weights = weights_function(initialise)  # for the checks
