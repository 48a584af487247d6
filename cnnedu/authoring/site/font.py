"""The font of the formulas, STIX Two Math, with the characters that formulas use."""

from importlib.resources import files

from fontTools import subset

# ASCII and Greek, as they are and as italic letters of formulas; operators; what stretches.
CHARACTERS = (
    "".join(map(chr, [*range(0x20, 0x7F), *range(0x391, 0x3CA)]))
    + "".join(map(chr, [*range(0x1D434, 0x1D468), *range(0x1D6E2, 0x1D71C)]))
    + "".join(map(chr, range(0x1D5A0, 0x1D5D4)))
    + "ℎ−·×÷≤≥≠≈≡∑∏∂∇√∞⋅…→←↦⇒⇔∈∋∉∩∪⊂⊆∀∃⌊⌋⌈⌉‖∥|⋆∗⊙⊗⊕∘±∓⏟⏞⎵¯^ˆ˜˙′ϵϑϕℓ"
)


def write_font(path):
    """Write the font as WOFF2, about 70 KB. It comes with the package `ziamath`, under the OFL."""
    source = files("ziamath") / "fonts/STIXTwoMath-Regular.ttf"
    options = subset.Options(flavor="woff2", layout_features=["*"], hinting=False)
    font = subset.load_font(str(source), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=CHARACTERS)
    subsetter.subset(font)
    subset.save_font(font, str(path), options)
