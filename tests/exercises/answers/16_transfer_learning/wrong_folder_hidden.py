# loses 16-folder-tests: reads hidden files as well
# told: Hidden files (their names begin with a dot) don't count.

# %% grade_id="16-folder"
def read_folder(path, size):
    names = sorted(folder.name for folder in path.iterdir())
    x, y, skipped = [], [], []
    for label, name in enumerate(names):
        for file in sorted((path / name).iterdir()):
            try:
                with Image.open(file) as image:
                    small = image.convert("RGB").resize((size, size), Image.Resampling.BOX)
            except (OSError, SyntaxError, ValueError):
                skipped.append(f"{name}/{file.name}")
            else:
                x.append(np.array(small).transpose(2, 0, 1))
                y.append(label)
    return np.array(x), np.array(y), names, skipped


folder_as_numbers = folder_function(read_folder)  # for the checks
