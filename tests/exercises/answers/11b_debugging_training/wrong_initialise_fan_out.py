# loses 11b-initialise-tests: divides by the fan-out
# told: You divided by the fan-out

# %% grade_id="11b-initialise"
def initialise(network):
    for layer in network.modules():
        if isinstance(layer, (nn.Conv2d, nn.Linear)):
            fan_in = layer.weight[0].numel()
            nn.init.kaiming_normal_(layer.weight, mode="fan_out", nonlinearity="relu")
            nn.init.zeros_(layer.bias)


first_weights = weights_function(initialise)  # for the checks
