# loses 09-dataset-tests: reshape instead of permute
# told: `permute` does

# %% grade_id="09-dataset"
class PictureData(Dataset):
    def __init__(self, pictures, labels):
        self.pictures, self.labels = pictures, labels

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, i):
        return torch.from_numpy(self.pictures[i]).reshape(3, *self.pictures[i].shape[:2]).float() / 255, int(self.labels[i])

pictures_of_data, labels_of_data = dataset_functions(PictureData)  # for the checks
