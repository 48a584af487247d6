"""The right answers by hand, and what slips of the pen give."""

_RIGHT = [18_432, 3_612_672, 50_176, 2_336, 457_856, 4_608]

BY_HAND = {"by_hand": _RIGHT}
BY_HAND_MISTAKES = {
    "by_hand": (
        ([18_496, *_RIGHT[1:]], "the first layer has no biases"),
        ([18_432, 18_432, *_RIGHT[2:]], "each weight is used at every place of the output"),
        ([*_RIGHT[:2], 12_544, *_RIGHT[3:]], "a float32 takes 4 bytes"),
        ([*_RIGHT[:3], 2_048, *_RIGHT[4:]], "the depthwise filters have weights, too"),
        ([*_RIGHT[:3], 2_624, *_RIGHT[4:]], "the depthwise layer gives 32 maps, not 64"),
        ([*_RIGHT[:5], 1_152], "grouped filters see fewer channels, but there are as many of them"),
    ),
}
